///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.google.code.gson:gson:2.15.0
//DEPS dev.harrel:json-schema:1.8.1
//DEPS io.github.cdimascio:dotenv-java:3.2.0
//DEPS info.picocli:picocli:4.7.7
//DEPS org.apache.pdfbox:pdfbox:3.0.8 com.twelvemonkeys.imageio:imageio-webp:3.12.0
//DEPS com.knuddels:jtokkit:1.1.0
//DEPS com.google.auth:google-auth-library-oauth2-http:1.52.0
//DEPS software.amazon.eventstream:eventstream:1.0.1
//DEPS software.amazon.awssdk:auth:2.57.8 software.amazon.awssdk:http-auth-aws:2.57.8
//DEPS software.amazon.awssdk:sso:2.57.8@fatjar software.amazon.awssdk:ssooidc:2.57.8@fatjar software.amazon.awssdk:sts:2.57.8@fatjar
//DEPS software.amazon.awssdk:aws-json-protocol:2.57.8 software.amazon.awssdk:aws-query-protocol:2.57.8 software.amazon.awssdk:url-connection-client:2.57.8
//DEPS io.prometheus:prometheus-metrics-core:1.10.0 io.prometheus:prometheus-metrics-exposition-textformats:1.10.0
//DEPS org.webjars.npm:chart.js:4.5.1
//DEPS org.slf4j:slf4j-nop:1.7.36
//JAVAC_OPTIONS -proc:none -XDignore.symbol.file
// lib/cli: what a person types
//SOURCES lib/cli/Main.java lib/cli/Options.java lib/cli/Serve.java lib/cli/ServerJvm.java lib/cli/Code.java lib/cli/Login.java lib/cli/Reach.java lib/cli/Signals.java lib/cli/Table.java lib/cli/Figures.java
//SOURCES lib/cli/Commands.java lib/cli/Checkup.java lib/cli/Trial.java lib/cli/Init.java lib/cli/Dialogue.java lib/cli/Models.java
//SOURCES lib/cli/Training.java lib/cli/UsageReport.java lib/cli/StatusSetting.java lib/cli/StatusCommand.java
// lib/launch: what ./jbang runs before a training
//SOURCES lib/launch/UberJar.java
// lib/server: the HTTP surface, the loop of attempts, the log
//SOURCES lib/server/Server.java lib/server/Messages.java lib/server/Exchange.java lib/server/Attempts.java lib/server/Attempt.java
//SOURCES lib/server/Lessons.java lib/server/KeepAlive.java lib/server/Timing.java lib/server/ClientResponse.java
//SOURCES lib/server/RequestBody.java lib/server/Intake.java lib/server/Check.java lib/server/Elsewhere.java
//SOURCES lib/server/SideRequest.java lib/server/CountTokens.java lib/server/ModelList.java
//SOURCES lib/server/RequestLog.java lib/server/RequestLine.java lib/server/Log.java lib/server/Api.java
// lib/page: the page in the browser, and what its inspector shows
//SOURCES lib/page/Page.java lib/page/Bodies.java lib/page/Body.java lib/page/RouteTable.java
// lib/listen: the port, who may ask, how many at once, and what is done while nobody asks
//SOURCES lib/listen/Listener.java lib/listen/Certificate.java lib/listen/Guard.java lib/listen/Keys.java lib/listen/Turns.java lib/listen/IdleCollection.java
// lib/ledger: what requests took and cost: outcomes, the ledger and its sums
//SOURCES lib/ledger/Outcome.java lib/ledger/Line.java lib/ledger/Ledger.java lib/ledger/Sum.java lib/ledger/Usage.java lib/ledger/Live.java
//SOURCES lib/ledger/NextStep.java lib/ledger/Metrics.java lib/ledger/Sessions.java lib/ledger/StatusLine.java lib/ledger/Amounts.java lib/ledger/Budgets.java
// lib/routing: from the model that the client names to the provider that serves it
//SOURCES lib/routing/Routes.java lib/routing/ImpliedProvider.java lib/routing/Misspelled.java lib/routing/FolderSettings.java lib/routing/Detection.java lib/routing/ContextWindows.java lib/routing/Calibration.java lib/routing/Dispatch.java lib/routing/Fallbacks.java lib/routing/Reload.java
// lib/search: web search where the provider makes none
//SOURCES lib/search/Searches.java lib/search/SearchApi.java lib/search/SearchLoop.java lib/search/SearchFirst.java lib/search/NoSearch.java lib/search/Searcher.java
//SOURCES lib/search/SearchServices.java lib/search/SearchService.java lib/search/SearchQuery.java lib/search/Findings.java
//SOURCES lib/search/Tavily.java lib/search/Brave.java lib/search/Exa.java lib/search/Serper.java
//SOURCES lib/search/SearXng.java lib/search/PerplexitySearch.java
// lib/provider: the table of providers
//SOURCES lib/provider/Providers.java lib/provider/Hosts.java lib/provider/TextServices.java
// lib/subscription: a login in place of a key
//SOURCES lib/subscription/Copilot.java lib/subscription/ChatGpt.java lib/subscription/GitHub.java lib/subscription/OpenAi.java
//SOURCES lib/subscription/Logins.java
// lib/cloud: how each cloud is reached and signed
//SOURCES lib/cloud/Azure.java lib/cloud/EntraCredential.java lib/cloud/Databricks.java lib/cloud/Watsonx.java
//SOURCES lib/cloud/GigaChat.java lib/cloud/Sap.java lib/cloud/SapCredential.java lib/cloud/Snowflake.java
//SOURCES lib/cloud/SnowflakeJwt.java lib/cloud/CloudflareGateway.java
//SOURCES lib/cloud/aws/Bedrock.java lib/cloud/aws/SageMaker.java lib/cloud/aws/AwsCredential.java lib/cloud/aws/AwsChain.java
//SOURCES lib/cloud/google/Vertex.java lib/cloud/google/GoogleCredential.java lib/cloud/google/GoogleTransport.java
//SOURCES lib/cloud/oracle/Oci.java lib/cloud/oracle/OciCredential.java lib/cloud/oracle/OciProfile.java
// lib/access: what a row of the table is made of, and how a key becomes a credential
//SOURCES lib/access/Provider.java lib/access/Row.java lib/access/Access.java lib/access/Target.java lib/access/Endpoint.java
//SOURCES lib/access/BaseUrl.java lib/access/Dialects.java lib/access/LocalServer.java lib/access/SignIn.java
//SOURCES lib/access/CredentialCache.java lib/access/KeyPool.java lib/access/KeyRests.java lib/access/Token.java lib/access/TokenServer.java lib/access/Pem.java lib/access/Trust.java lib/access/DeferredTls.java
// lib/dialect/chat: OpenAI's Chat Completions and its relatives
//SOURCES lib/dialect/chat/OpenAiChat.java lib/dialect/chat/ChatEvents.java lib/dialect/chat/ChatCalls.java
//SOURCES lib/dialect/chat/CumulativeArguments.java lib/dialect/chat/IbmChat.java
//SOURCES lib/dialect/chat/VertexChat.java lib/dialect/chat/SageMakerChat.java lib/dialect/chat/Orchestration.java
//SOURCES lib/dialect/chat/ChatFunctions.java lib/dialect/chat/FunctionMessages.java lib/dialect/chat/FunctionSchema.java
// lib/dialect/responses: OpenAI's Responses
//SOURCES lib/dialect/responses/OpenAiResponses.java lib/dialect/responses/ResponsesItems.java
//SOURCES lib/dialect/responses/ResponsesEvents.java lib/dialect/responses/ResponsesRefusals.java
//SOURCES lib/dialect/responses/RepeatedAnswer.java
// lib/dialect/anthropic: Anthropic's API, wherever it is served
//SOURCES lib/dialect/anthropic/Anthropic.java lib/dialect/anthropic/AnthropicEvents.java lib/dialect/anthropic/FrameOrder.java lib/dialect/anthropic/ThoughtFrames.java lib/dialect/anthropic/AnthropicRefusals.java lib/dialect/anthropic/VertexClaude.java
//SOURCES lib/dialect/anthropic/BedrockClaude.java lib/dialect/anthropic/JsonBytes.java
// lib/dialect/gemini: Google's API
//SOURCES lib/dialect/gemini/Gemini.java lib/dialect/gemini/GeminiContents.java lib/dialect/gemini/GeminiEvents.java
//SOURCES lib/dialect/gemini/GeminiSchema.java lib/dialect/gemini/GeminiRefusals.java
// lib/dialect/converse: Bedrock's Converse
//SOURCES lib/dialect/converse/BedrockConverse.java lib/dialect/converse/BedrockFields.java
//SOURCES lib/dialect/converse/ConverseMessages.java lib/dialect/converse/ConverseEvents.java
//SOURCES lib/dialect/converse/ConverseRefusals.java
// lib/dialect/cohere: Cohere's API
//SOURCES lib/dialect/cohere/Cohere.java lib/dialect/cohere/CohereEvents.java
// lib/dialect/conversations: Mistral's conversations, for a search
//SOURCES lib/dialect/conversations/Conversations.java
// lib/dialect/ollama: Ollama's API
//SOURCES lib/dialect/ollama/Ollama.java
// lib/dialect/text: services that continue a text
//SOURCES lib/dialect/text/TextOnly.java lib/dialect/text/TextApi.java lib/dialect/text/TextRequest.java
//SOURCES lib/dialect/text/TextEvents.java lib/dialect/text/ReplicateEvents.java lib/dialect/text/LangGraph.java
// lib/dialect/demo: the built-in demo model
//SOURCES lib/dialect/demo/Demo.java
// lib/refusal: what a refusal means, and the change that it asks for
//SOURCES lib/refusal/Errors.java lib/refusal/ErrorBody.java lib/refusal/ErrorStatus.java lib/refusal/RetryAfter.java lib/refusal/RetryBudget.java lib/refusal/Overflow.java lib/refusal/Wording.java lib/refusal/UnknownFields.java lib/refusal/Refusals.java lib/refusal/ChatRefusals.java
//SOURCES lib/refusal/AwsErrors.java lib/refusal/MediaRefusals.java lib/refusal/SearchRefusals.java lib/refusal/SchemaRefusals.java lib/refusal/SamplingRefusals.java lib/refusal/TurnRefusals.java lib/refusal/SageMakerErrors.java
// lib/answer: what every dialect does with an answer
//SOURCES lib/answer/AnswerReader.java lib/answer/StopSequences.java lib/answer/StopAt.java lib/answer/RelayedStop.java lib/answer/ThinkTags.java lib/answer/LoneTag.java lib/answer/ThoughtSignatures.java
//SOURCES lib/answer/Citations.java lib/answer/TokenCounts.java lib/answer/StopReason.java lib/answer/EmptyReplies.java lib/answer/JsonInText.java lib/answer/SchemaCheck.java lib/answer/StructuredAnswer.java
// lib/calls: tool calls as models and their servers really write them
//SOURCES lib/calls/Calls.java lib/calls/TextCalls.java lib/calls/RelayedCalls.java lib/calls/FoundCalls.java lib/calls/CallScanner.java lib/calls/Position.java
//SOURCES lib/calls/Mark.java lib/calls/Formats.java lib/calls/Cursor.java lib/calls/Passage.java lib/calls/JsonCalls.java
//SOURCES lib/calls/TagCalls.java lib/calls/TokenCalls.java lib/calls/HarmonyCalls.java lib/calls/PythonCalls.java
//SOURCES lib/calls/GemmaCalls.java lib/calls/NamedCalls.java lib/calls/FittedCalls.java lib/calls/FittedInput.java lib/calls/OverflowTools.java
// lib/request: pieces of a request that several dialects share
//SOURCES lib/request/ChatMessages.java lib/request/Exchanges.java lib/request/OpenAiFields.java lib/request/BedrockCount.java
//SOURCES lib/request/ClaudeThinking.java
// lib/media: what takes the place of pictures and documents that a route does not accept
//SOURCES lib/media/MediaFitting.java lib/media/Picture.java lib/media/Conversion.java lib/media/Documents.java lib/media/PdfText.java lib/media/PdfPages.java
//SOURCES lib/media/PdfFonts.java lib/media/PictureDescriptions.java
// lib/quirk: how providers deviate from their dialect
//SOURCES lib/quirk/MessageQuirks.java lib/quirk/ParameterQuirks.java lib/quirk/ReasoningQuirks.java lib/quirk/ToolQuirks.java
//SOURCES lib/quirk/HeaderQuirks.java lib/quirk/Initiator.java lib/quirk/ResponsesQuirks.java lib/quirk/AnthropicQuirks.java
//SOURCES lib/quirk/SearchQuirks.java lib/quirk/BetaFlags.java lib/quirk/CloudFields.java
// lib/route: the contract: where a request goes, and what a dialect is
//SOURCES lib/route/Dialect.java lib/route/Route.java lib/route/Request.java lib/route/Draft.java lib/route/Shape.java lib/route/Role.java
//SOURCES lib/route/Quirk.java lib/route/Fix.java lib/route/ReplyContext.java lib/route/Credential.java lib/route/RetryReply.java
//SOURCES lib/route/FetchElsewhere.java lib/route/NextTurn.java lib/route/Continuation.java lib/route/Accepts.java
// lib/model: what is known of models
//SOURCES lib/model/Model.java lib/model/Price.java lib/model/Family.java lib/model/ModelName.java lib/model/Effort.java lib/model/Catalogue.java lib/model/Listing.java lib/model/ShippedModels.java
//SOURCES lib/model/UnknownModels.java lib/model/ModelCache.java lib/model/Tokenizer.java lib/model/ImageTokens.java lib/model/TokenCounter.java
// lib/message: the conversation
//SOURCES lib/message/History.java lib/message/PlainText.java lib/message/Instructions.java lib/message/Transcript.java lib/message/Media.java
//SOURCES lib/message/WebSearch.java lib/message/Domains.java lib/message/ImageSize.java lib/message/InputShape.java lib/message/ToolNames.java lib/message/Toolbox.java
//SOURCES lib/message/ClientTools.java lib/message/Directives.java lib/message/ToolChanges.java lib/message/Advisor.java
//SOURCES lib/message/Thought.java lib/message/Tokens.java lib/message/Declarations.java lib/message/Vocabulary.java
// lib/schema: JSON schemas as APIs take them
//SOURCES lib/schema/Schema.java lib/schema/SchemaMemo.java lib/schema/SchemaReferences.java lib/schema/SchemaPlaces.java lib/schema/SchemaUnion.java
//SOURCES lib/schema/StrictSchema.java
// lib/reply: the reply, as events and as blocks
//SOURCES lib/reply/Event.java lib/reply/Reply.java lib/reply/Arguments.java lib/reply/CallIds.java lib/reply/Blocks.java lib/reply/Sse.java
//SOURCES lib/reply/MessageBuilder.java lib/reply/MessageFrames.java lib/reply/FrameEvents.java lib/reply/SearchBlocks.java
//SOURCES lib/reply/SearchResult.java
// lib/config: settings and secrets
//SOURCES lib/config/Config.java lib/config/Tier.java lib/config/KeyList.java lib/config/EnvFile.java lib/config/EnvEditor.java lib/config/Secrets.java lib/config/OwnerOnly.java lib/config/AppendedFile.java lib/config/Platform.java
// lib/wire: HTTP to the provider, frames, the one error
//SOURCES lib/wire/Upstream.java lib/wire/Pauses.java lib/wire/Proxies.java lib/wire/Ask.java lib/wire/Answer.java lib/wire/Lines.java
//SOURCES lib/wire/AwsFrames.java lib/wire/Frame.java lib/wire/ApiError.java
//SOURCES lib/wire/AnswerBody.java lib/wire/Upload.java lib/wire/Bounds.java lib/wire/Admission.java lib/wire/Cores.java
//SOURCES lib/wire/Hash.java lib/wire/Ids.java lib/wire/Lazy.java lib/wire/Memo.java lib/wire/Loopback.java lib/wire/Printable.java
// lib/json: JSON trees, read from bytes and written to them
//SOURCES lib/json/Json.java lib/json/JsonElement.java lib/json/JsonContainer.java lib/json/JsonObject.java lib/json/JsonArray.java
//SOURCES lib/json/JsonPrimitive.java lib/json/JsonNull.java lib/json/Slice.java lib/json/Written.java lib/json/Utf8.java
//SOURCES lib/json/SliceReader.java lib/json/Names.java lib/json/CarefulReader.java lib/json/ParseCache.java lib/json/Overlap.java
//SOURCES lib/json/Part.java
//FILES lib/cli/training.txt=lib/cli/training.txt lib/model/models.json=lib/model/models.json lib/config/env.example=.env.example
//FILES lib/page/index.html=lib/page/index.html lib/page/app.css=lib/page/app.css lib/page/icon.svg=lib/page/icon.svg
//FILES lib/page/app.js=lib/page/app.js lib/page/client.js=lib/page/client.js lib/page/dom.js=lib/page/dom.js lib/page/format.js=lib/page/format.js lib/page/requests.js=lib/page/requests.js lib/page/routes.js=lib/page/routes.js lib/page/charts.js=lib/page/charts.js
//FILES lib/page/inspector.js=lib/page/inspector.js lib/page/views.js=lib/page/views.js lib/page/changes.js=lib/page/changes.js lib/page/readable.js=lib/page/readable.js
// Java for one user: a small heap, less inlining, so that there is less to compile, and code that is optimized after 500 calls
// instead of 5000, so that requests 700 to 4000 of one client get their first token a fifth sooner. What the AOT cache knows to be
// hot is optimized after 16384 calls instead of 2048, so that this does not compete with the start: `code` starts claude a seventh
// sooner, and requests 2 to 30 take a third less time. A method that is interpreted is looked at every 512 calls, not every 128, to
// see whether it is to be compiled: the port is open a tenth sooner. What outlives two collections belongs to a stream and is not
// copied again: at 1000 streams, 99 % of the events come within 50 ms, not 90. Memory that the compilers no longer need goes back to
// the system: 6 MB. Short headers of objects (JEP 519) save one client 4 % of its CPU time, and sixteen 7 %
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms96m -Xmx400m -XX:NewSize=64m -XX:MaxTenuringThreshold=1 -XX:FreqInlineSize=120 -XX:InlineSmallCode=1200 -XX:Tier4InvocationThreshold=500 -XX:Tier0InvokeNotifyFreqLog=9 -XX:Tier2InvokeNotifyFreqLog=14 -XX:Tier2BackedgeNotifyFreqLog=16 -XX:TrimNativeHeapInterval=5000 -Xlog:trimnative=off --sun-misc-unsafe-memory-access=allow

/// Claude Code on any LLM. The list of sources, in reading order, is the table of contents.
public class FreeCC {
    public static void main(String[] arguments) { lib.cli.Main.main(arguments); }
}
