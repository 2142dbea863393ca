import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import type { ModelAnswer } from './types.ts';

const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** What we need of an answer. Servers that only resemble OpenAI's leave out much of the rest. */
const Choice = Type.Object({
  finish_reason: MaybeText,
  message: Type.Object({
    content: MaybeText,
    refusal: MaybeText,
    tool_calls: Type.Optional(Type.Union([Type.Array(Type.Unknown()), Type.Null()])),
  }),
});
const completion = Compile(Type.Object({ choices: Type.Array(Choice) }));

/**
 * What an answer of `POST /chat/completions` says, by
 * https://platform.openai.com/docs/api-reference/chat/object. Only a whole text is an answer that can be judged.
 */
export function readCompletion(body: unknown): ModelAnswer {
  if (!completion.Check(body))
    return error('The host answered something else than a chat completion. Is the address that of an OpenAI-compatible API, with its version, such as https://host/v1?'); // prettier-ignore
  const [choice] = body.choices;
  return choice === undefined ? error('The host answered without any choice.') : readChoice(choice);
}

function readChoice({ finish_reason: ended, message }: Static<typeof Choice>): ModelAnswer {
  const { content, refusal, tool_calls: calls } = message;
  if (refusal != null && refusal !== '') return declined(`The model refuses to answer: ${cut(oneLine(refusal), 500)}`); // prettier-ignore
  if (ended === 'content_filter') return declined("The host's filter kept the answer back.");
  if (ended === 'length')
    return declined('The answer is longer than the host allows, and was cut.');
  if (calls != null && calls.length > 0) return declined('The model asks to call a tool instead of answering, although none was offered.'); // prettier-ignore
  if (content == null || content === '') return declined('The answer is empty.');
  return { kind: 'answered', text: content };
}

function declined(reason: string): ModelAnswer {
  return { kind: 'declined', reason };
}

function error(reason: string): ModelAnswer {
  return { kind: 'error', reason, isForAll: false };
}
