import { CLASS, DIGIT, isAlphanumeric } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { Joint, Labelled } from './labelled';
import { NO_VALUES, firstWords, goesOnAsSentence } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

const LONGEST = 64;
/** Labels that are shorter name other things in a sentence. */
const SHORTEST_SPOKEN = 8;

const LABELS = [
  'username', 'user name', 'user', 'usr', 'login', 'login name', 'loginname', 'login id', 'logon', 'logon name', 'screen name', 'screenname',
  'nickname', 'nick', 'account name', 'accountname', 'benutzername', 'benutzer', 'anmeldename', 'nombre de usuario', 'usuario', 'nom d utilisateur',
  'utilisateur', 'identifiant', 'utente', 'nome utente', 'gebruikersnaam', 'brukernavn', 'anvandarnamn', 'kayttajatunnus', 'uzytkownik',
  'kullanici adi',
];

const labels = new Phrases(LABELS);
const labelled = new Labelled();

/** Account names after their label: `username: x`, `user=x`. Email addresses and mere numbers are left to others. */
export const USERNAME: AnchoredRecognizer = {
  type: PiiType.USERNAME,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0 || !labelled.read(bytes, label, high)
      || labelled.joint === Joint.BLANK || labelled.joint === Joint.WORD && label - at < SHORTEST_SPOKEN) {
      return Verdict.NO;
    }
    const { start } = labelled;
    const limit = Math.min(high, start + LONGEST + 1);
    let end = start;
    let letters = 0;
    while (end < limit && isNameByte(bytes[end])) {
      letters += (CLASS[bytes[end]] & DIGIT) === 0 ? 1 : 0;
      end++;
    }
    const next = end < high ? bytes[end] : 0;
    while (end > start && (bytes[end - 1] === 0x2e || bytes[end - 1] === 0x2d)) {
      end--;
    }
    const first = bytes[start];
    if (end - start < 2 || end - start > LONGEST || letters === 0 || !isAlphanumeric(first) && first < 0x80 && first !== 0x5f
      || next === 0x40 || next === 0x28 || next === 0x2f || NO_VALUES.has(bytes, start, end) || goesOnAsSentence(bytes, start, end, high)) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = end;
    return Verdict.YES;
  },
};

/** Letters, digits, `.`, `_`, `-`, `+`, `$`, `\`. */
function isNameByte(byte: number): boolean {
  return isAlphanumeric(byte) || byte >= 0x80 || byte === 0x2e || byte === 0x5f || byte === 0x2d || byte === 0x2b || byte === 0x24 || byte === 0x5c;
}
