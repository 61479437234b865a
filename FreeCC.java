///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.google.code.gson:gson:2.15.0
//DEPS io.github.cdimascio:dotenv-java:3.2.0
//DEPS info.picocli:picocli:4.7.7
//DEPS com.knuddels:jtokkit:1.1.0
//DEPS com.google.auth:google-auth-library-oauth2-http:1.52.0
//DEPS software.amazon.eventstream:eventstream:1.0.1
//DEPS software.amazon.awssdk:auth:2.57.8 software.amazon.awssdk:http-auth-aws:2.57.8
//DEPS software.amazon.awssdk:sso:2.57.8@fatjar software.amazon.awssdk:ssooidc:2.57.8@fatjar software.amazon.awssdk:sts:2.57.8@fatjar
//DEPS software.amazon.awssdk:aws-json-protocol:2.57.8 software.amazon.awssdk:aws-query-protocol:2.57.8 software.amazon.awssdk:url-connection-client:2.57.8
//DEPS org.slf4j:slf4j-nop:1.7.36
//JAVAC_OPTIONS -proc:none -XDignore.symbol.file
//SOURCES lib/cli/Main.java lib/cli/Serve.java lib/cli/Code.java lib/cli/Login.java lib/cli/Signals.java
//SOURCES lib/server/Server.java lib/server/Messages.java lib/server/Exchange.java lib/server/Attempts.java lib/server/Attempt.java lib/server/Lessons.java lib/server/KeepAlive.java lib/server/Timing.java lib/server/ClientResponse.java
//SOURCES lib/server/Check.java lib/server/CountTokens.java lib/server/ModelList.java lib/server/Guard.java lib/server/RequestLog.java lib/server/Outcome.java lib/server/RequestLine.java lib/server/Log.java
//SOURCES lib/provider/Routes.java lib/provider/Providers.java lib/provider/Hosts.java lib/provider/TextServices.java lib/provider/Dialects.java lib/provider/Provider.java lib/provider/Row.java lib/provider/Endpoint.java lib/provider/Target.java lib/provider/BaseUrl.java lib/provider/Access.java lib/provider/Azure.java
//SOURCES lib/provider/EntraCredential.java lib/provider/Vertex.java lib/provider/GoogleCredential.java lib/provider/GoogleTransport.java lib/provider/Bedrock.java lib/provider/Watsonx.java
//SOURCES lib/provider/AwsCredential.java lib/provider/AwsChain.java lib/provider/Token.java lib/provider/TokenServer.java lib/provider/CredentialCache.java lib/provider/Config.java lib/provider/Detection.java lib/provider/LocalServer.java
//SOURCES lib/provider/SageMaker.java lib/provider/Sap.java lib/provider/SapCredential.java lib/provider/Oci.java lib/provider/OciProfile.java
//SOURCES lib/provider/OciCredential.java lib/provider/Snowflake.java lib/provider/SnowflakeJwt.java lib/provider/CloudflareGateway.java lib/provider/Pem.java
//SOURCES lib/provider/Copilot.java lib/provider/GitHub.java lib/provider/ChatGpt.java lib/provider/OpenAi.java lib/provider/SignIn.java lib/provider/Logins.java lib/provider/Secrets.java
//SOURCES lib/provider/GigaChat.java lib/provider/Databricks.java lib/provider/ContextWindows.java lib/provider/Catalogue.java lib/provider/Lazy.java lib/provider/UnknownModels.java
//SOURCES lib/dialect/Dialect.java lib/dialect/Draft.java lib/dialect/Shape.java lib/dialect/Request.java lib/dialect/Route.java lib/dialect/Credential.java lib/dialect/Model.java lib/dialect/ModelName.java lib/dialect/Family.java
//SOURCES lib/dialect/Terms.java lib/dialect/Quirk.java lib/dialect/Roles.java lib/dialect/Limits.java lib/dialect/Reasoning.java
//SOURCES lib/dialect/Choices.java lib/dialect/Headers.java lib/dialect/Initiator.java lib/dialect/Responses.java lib/dialect/Effort.java lib/dialect/Anthropic.java lib/dialect/Filters.java lib/dialect/Splice.java lib/dialect/OpenAiFields.java lib/dialect/OpenAiChat.java
//SOURCES lib/dialect/ChatMessages.java lib/dialect/ChatEvents.java lib/dialect/ChatCalls.java lib/dialect/ChatUsage.java lib/dialect/Snapshots.java
//SOURCES lib/dialect/ThinkTags.java lib/dialect/Sources.java lib/dialect/StopAt.java lib/dialect/Signing.java lib/dialect/Hearing.java lib/dialect/Unboxing.java lib/dialect/OpenAiResponses.java
//SOURCES lib/dialect/ResponsesItems.java lib/dialect/ResponsesEvents.java lib/dialect/Retold.java lib/dialect/Gemini.java lib/dialect/GeminiContents.java
//SOURCES lib/dialect/GeminiEvents.java lib/dialect/GeminiSchema.java lib/dialect/VertexClaude.java lib/dialect/VertexChat.java lib/dialect/IbmChat.java
//SOURCES lib/dialect/BedrockClaude.java lib/dialect/BedrockConverse.java lib/dialect/BedrockFields.java lib/dialect/ConverseMessages.java
//SOURCES lib/dialect/ConverseEvents.java lib/dialect/AwsErrors.java lib/dialect/SageMakerErrors.java lib/dialect/BedrockCount.java lib/dialect/Betas.java lib/dialect/Cohere.java lib/dialect/CohereEvents.java lib/dialect/Ollama.java lib/dialect/Demo.java
//SOURCES lib/dialect/SageMakerChat.java lib/dialect/Orchestration.java
//SOURCES lib/dialect/TextOnly.java lib/dialect/Form.java lib/dialect/Asked.java lib/dialect/Pieces.java lib/dialect/Predictions.java lib/dialect/Agents.java
//SOURCES lib/dialect/ChatFunctions.java lib/dialect/FunctionMessages.java lib/dialect/FunctionSchema.java lib/dialect/Errors.java lib/dialect/Overflow.java lib/dialect/Refusals.java lib/dialect/ChatRefusals.java lib/dialect/GeminiRefusals.java lib/dialect/ResponsesRefusals.java lib/dialect/ConverseRefusals.java lib/dialect/AnthropicRefusals.java lib/dialect/Mend.java lib/dialect/Again.java lib/dialect/Follow.java
//SOURCES lib/message/History.java lib/message/Plain.java lib/message/Prompt.java lib/message/Media.java lib/message/ImageSize.java lib/message/Schema.java
//SOURCES lib/message/ToolNames.java lib/message/Toolbox.java lib/message/ClientTools.java lib/message/Thought.java lib/message/Tokens.java
//SOURCES lib/message/Vocabulary.java
//SOURCES lib/reply/Event.java lib/reply/Reply.java lib/reply/Arguments.java lib/reply/Blocks.java lib/reply/Sse.java lib/reply/Whole.java
//SOURCES lib/wire/Upstream.java lib/wire/Proxies.java lib/wire/Ask.java lib/wire/Answer.java lib/wire/Lines.java lib/wire/AwsFrames.java
//SOURCES lib/wire/Frame.java lib/wire/Json.java lib/wire/Utf8.java lib/wire/ApiError.java lib/wire/Ids.java lib/wire/Hash.java lib/wire/Loopback.java
//FILES lib/provider/models.json=lib/provider/models.json
//RUNTIME_OPTIONS -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow

/// Claude Code on any LLM. The list of sources, in reading order, is the table of contents.
public class FreeCC {
    public static void main(String[] arguments) { System.exit(lib.cli.Main.run(arguments)); }
}
