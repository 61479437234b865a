// The TypeScript SDK before FreeCC: each check prints `ok` or `FAIL`.
import assert from 'node:assert/strict';
import Anthropic, { BadRequestError } from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';

const sent = [];
const client = new Anthropic({
    baseURL: process.env.FREECC, apiKey: 'any', maxRetries: 0, timeout: 60_000,
    fetch: (url, init) => {
        sent.push(JSON.parse(init.body));
        return fetch(url, init);
    },
});
const common = { model: 'claude-sonnet-5-5', max_tokens: 500 };
const user = content => [{ role: 'user', content }];
const asked = async () => (await fetch(process.env.MODEL + '/asks')).json();
const text = message => message.content.filter(block => block.type === 'text').map(block => block.text).join('');

const weather = betaTool({
    name: 'get_weather',
    description: 'The weather in a city',
    inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    run: ({ city }) => `sun in ${city}`,
});

/** The runner tries a thread first, and goes on with the whole conversation. */
async function runs(words, heard) {
    const message = await client.beta.messages.toolRunner({ ...common, tools: [weather], messages: user(words) });
    assert.equal(text(message), 'I heard: ' + heard);
    assert.deepEqual(sent.map(body => body.thread), [{ type: 'create' }, undefined, undefined]);
    const asks = await asked();
    assert.equal(asks.length, 2);
    assert.equal(asks[1].tools[0].function.name, 'get_weather');
    assert.equal(asks[1].messages[0].content, words);
}

const refusal = async promise => {
    const error = await promise.then(() => assert.fail('it was not refused'), error => error);
    assert.ok(error instanceof BadRequestError, String(error));
    return error.error.error;
};

const checks = {
    'create': async () => {
        const message = await client.messages.create({ ...common, messages: user('Hello') });
        assert.deepEqual([text(message), message.stop_reason, message.usage.input_tokens, message.usage.cache_read_input_tokens, message.usage.output_tokens],
            ['Grüße, 世界 👋', 'end_turn', 234, 1000, 56]);
    },
    'stream': async () => {
        let heard = '';
        const message = await client.messages.stream({ ...common, messages: user('Hello') }).on('text', piece => { heard += piece; }).finalMessage();
        assert.deepEqual([heard, message.stop_reason, message.usage.output_tokens], ['Grüße, 世界 👋', 'end_turn', 56]);
    },
    'create with stream': async () => {
        const types = [];
        for await (const event of await client.messages.create({ ...common, stream: true, messages: user('Hello') })) types.push(event.type);
        assert.equal(types[0] + ' ' + types.at(-1), 'message_start message_stop');
    },
    'count tokens': async () => assert.ok((await client.messages.countTokens({ model: common.model, messages: user('Hello') })).input_tokens > 0),
    'tool runner': () => runs('Weather in Paris?', 'sun in Paris'),
    'tool runner with parallel calls': () => runs('Weather in Paris and Köln?', 'sun in Paris; sun in Köln'),
    'tool runner streams': async () => {
        const messages = [];
        for await (const stream of client.beta.messages.toolRunner({ ...common, stream: true, tools: [weather], messages: user('Weather in Paris and Köln?') }))
            messages.push(await stream.finalMessage());
        assert.deepEqual(messages.map(message => message.stop_reason), ['tool_use', 'end_turn']);
        assert.equal(text(messages[1]), 'I heard: sun in Paris; sun in Köln');
    },
    'a thread is refused by its code': async () => {
        for (const thread of [{ type: 'create' }, { type: 'continue', previous_message_id: 'msg_1' }]) {
            const error = await refusal(client.beta.messages.create({ ...common, messages: user('Hello'), thread, betas: ['message-threads-2026-08-12'] }));
            assert.deepEqual(error.details, { error_code: 'thread_unsupported_request', unsupported: ['thread'] });
        }
    },
    'a malformed block is named': async () => {
        const error = await refusal(client.messages.create({ ...common, messages: user([{ type: 'tool_result' }]) }));
        assert.equal(error.message, 'messages.0.content.0.tool_result.tool_use_id: Field required');
    },
};

for (const [name, check] of Object.entries(checks)) {
    sent.length = 0;
    await asked();
    try {
        await check();
        console.log('ok   TypeScript: ' + name);
    } catch (error) {
        process.exitCode = 1;
        console.log('FAIL TypeScript: ' + name + '\n' + error.stack);
    }
}
