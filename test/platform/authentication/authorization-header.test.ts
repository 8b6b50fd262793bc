import { createEmulator, type Fixture } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { type Answer, ok, seen, unauthorized401 } from '../answers.ts';

/** The secrets of real organizations have `=`, `/` and `+`, also at their ends. */
const U = 'a=b/c+d==User/Organization=';
const O = '=0f+1e/2d=';

const organization = { id: 1, name: 'One', secret: O };
const token = 'a.token=';
const withToken = { defaultAccount: true, users: [{ email: 'a@b.example', tokens: [token] }] };
const fixture: Fixture = {
  organizations: [
    { ...organization, accounts: [{ defaultAccount: true, users: [{ email: 'a@b.example', secret: U }] }] },
    { id: 2, name: 'Two', secret: 'two', accounts: [] },
  ],
};
const emulator = createEmulator({ fixture, now: '2020-03-01' });
const admitted: Answer = ok(expect.objectContaining({ id: 1, name: 'One' }));

const get = async (authorization: string) => seen(await connect(emulator, authorization).get('/organizations/me'));

describe('accepted forms', () => {
  test.each([
    ['as documented', `User ${U}, Organization ${O}`],
    ['the other order', `Organization ${O}, User ${U}`],
    ['no space after the comma', `User ${U},Organization ${O}`],
    ['more spaces', `User   ${U} ,   Organization  ${O}  `],
    ['a tab', `User\t${U},\tOrganization\t${O}`],
    ['lower case', `user ${U}, organization ${O}`],
    ['upper case', `USER ${U}, ORGANIZATION ${O}`],
    ['mixed case', `uSeR ${U}, oRGANIZATION ${O}`],
    ['an Element part at the end', `User ${U}, Organization ${O}, Element tok/en+=`],
    ['an Element part at the beginning', `Element tok, User ${U}, Organization ${O}`],
    ['an Element part in between, in lower case', `User ${U},element tok,Organization ${O}`],
    ['an Element part with a colon', `User ${U}, Organization ${O}, Element: t`],
    ['an Element part with a colon and no space', `Element:t, User ${U}, Organization ${O}`],
    ['an Element part with an equals sign', `User ${U}, ELEMENT=tok, Organization ${O}`],
    ['an empty Element part', `User ${U}, Organization ${O}, Element`],
    ['an empty Element part with a space', `User ${U}, Organization ${O}, Element `],
    ['an empty Element part in between', `User ${U}, Element: , Organization ${O}`],
    ['an Element part of several words', `User ${U}, Organization ${O}, Element "a b" c`],
    ['two Element parts', `Element a, User ${U}, Organization ${O}, Element b`],
    ['two empty Element parts', `User ${U}, Organization ${O}, Element, Element`],
    ['an Element part and a trailing comma', `User ${U}, Organization ${O}, Element: t,`],
    ['a trailing comma', `User ${U}, Organization ${O},`],
    ['trailing commas and spaces', `User ${U}, Organization ${O} , , `],
    ['an empty part in between', `User ${U},, Organization ${O}`],
  ])('%s', async (_name, header) => {
    expect(await get(header)).toEqual(admitted);
  });
});

describe('refused forms', () => {
  test.each([
    ['an empty header', ''],
    ['blanks', '   '],
    ['a comma', ','],
    ['only a scheme word', 'User'],
    ['scheme words without secrets', 'User , Organization '],
    ['only the user', `User ${U}`],
    ['only the organization', `Organization ${O}`],
    ['only an Element part', 'Element tok'],
    ['only an empty Element part', 'Element'],
    ['a part with a name that begins with Element', `User ${U}, Organization ${O}, Elements x`],
    ['an Element part in place of the organization', `User ${U}, Element ${O}`],
    ['no comma', `User ${U} Organization ${O}`],
    ['a semicolon', `User ${U}; Organization ${O}`],
    ['an equals sign', `User=${U}, Organization=${O}`],
    ['the two secrets exchanged', `User ${O}, Organization ${U}`],
    ['two user parts', `User ${U}, User ${U}, Organization ${O}`],
    ['two organization parts', `User ${U}, Organization ${O}, Organization two`],
    ['an unknown part', `User ${U}, Organization ${O}, Company x`],
    ['a secret in two words', `User ${U} x, Organization ${O}`],
    ['quoted secrets', `User "${U}", Organization "${O}"`],
    ['another case of letters in a secret', `User ${U.toUpperCase()}, Organization ${O}`],
    ['a secret without its equals sign', `User ${U.slice(0, -1)}, Organization ${O}`],
    ['a secret with more characters', `User ${U}x, Organization ${O}`],
    ['Basic', `Basic ${Buffer.from(`${U}:${O}`).toString('base64')}`],
    ['an unknown Bearer', 'Bearer abc.def'],
    ['names of JavaScript prototypes', 'User __proto__, Organization constructor'],
    ['ten thousand characters', `User ${'u'.repeat(10_000)}, Organization ${O}`],
    ['bytes beyond ASCII', 'User \u00fc, Organization \u00f6'],
  ])('%s', async (_name, header) => {
    expect(await get(header)).toEqual(unauthorized401);
  });
});

test.each(['Bearer TOKEN, Element: t', 'Element , Bearer TOKEN', 'Bearer TOKEN,', ', Bearer TOKEN'])(
  '%s counts as the Bearer token without an Element part',
  async (form) => {
    const own = createEmulator({ fixture: { organizations: [{ ...organization, accounts: [withToken] }] } });
    const answer = await connect(own, form.replace('TOKEN', token)).get('/organizations/me');
    expect(seen(answer)).toEqual(admitted);
  },
);
