import { WordSet } from './words';

/** The words for a telephone and for calling it, in the languages of the countries whose identifiers are known. */
export const CONTEXT = [
  'phone', 'phones', 'telephone', 'tel', 'telno', 'ph', 'mobile', 'mob', 'cell', 'cellphone', 'cellular', 'fax', 'telefax', 'landline', 'hotline',
  'helpline', 'whatsapp', 'whats app', 'viber', 'telegram', 'sms', 'msisdn', 'voicemail', 'pager', 'call me', 'call us', 'call him', 'call her',
  'call them', 'call at', 'call on', 'call back', 'call now', 'can call', 'please call', 'or call', 'to call', 'just call', 'will call', 'callback',
  'called from', 'calling from', 'caller', 'dial', 'dialed', 'dialled', 'dialing', 'ring me', 'ring us', 'rang', 'text me', 'text us', 'text him',
  'text her', 'texted', 'reach me', 'reach us', 'reach him', 'reach her', 'reached at', 'reachable at', 'answering at', 'answer at',
  'contact number', 'contact no', 'contact me', 'contact us', 'contact at', 'telefon', 'telefono', 'telefone', 'telefonnummer', 'telefoon',
  'telefoonnummer', 'rufnummer', 'handy', 'handynummer', 'mobil', 'mobilnummer', 'mobiltelefon', 'durchwahl', 'anrufen', 'bellen', 'movil',
  'celular', 'cellulare', 'llamar', 'llame', 'chiamare', 'chiama', 'ligar', 'ligue', 'telemovel', 'portable', 'appeler', 'appelez', 'telecopie',
  'puhelin', 'puhelinnumero', 'telefonnr', 'tlf', 'komorka', 'komorkowy', 'cep', 'cep telefonu', 'telepono', 'nomor telepon',
];

/** What a number may be named just before it, after which `:` or `=` stands. */
export const NAMES = new WordSet([
  'phone', 'phones', 'telephone', 'tel', 'telno', 'ph', 'mobile', 'mob', 'cell', 'cellphone', 'cellular', 'fax', 'telefax', 'landline', 'hotline',
  'whatsapp', 'sms', 'msisdn', 'pager', 'call', 'caller', 'callback', 'contact', 'number', 'numbers', 'no', 'nr', 'num', 'home', 'work', 'office',
  'business', 'direct', 'main', 'at', 'us', 'me', 'on', 'telefon', 'telefono', 'telefone', 'telefonnummer', 'telefoon', 'telefoonnummer',
  'rufnummer', 'handy', 'handynummer', 'mobil', 'mobilnummer', 'mobiltelefon', 'durchwahl', 'movil', 'celular', 'cellulare', 'telemovel',
  'portable', 'puhelin', 'puhelinnumero', 'telefonnr', 'tlf', 'cep', 'telepono', 'f', 'm', 't', 'p', 'w', 'h', 'e',
]);

/** What a number that is named so is instead. */
export const OTHERS = new WordSet([
  'id', 'ids', 'order', 'orders', 'ticket', 'case', 'invoice', 'ref', 'reference', 'tracking', 'account', 'acct', 'code', 'pin', 'offset', 'bytes',
  'size', 'port', 'pid', 'zip', 'sku', 'item', 'version', 'build', 'seq', 'sequence', 'timestamp', 'epoch', 'time', 'amount', 'total', 'serial',
  'batch', 'session', 'transaction', 'card', 'passport', 'license', 'licence', 'ssn', 'since', 'until', 'in', 'suite', 'apt', 'room',
]);

/** What is written after a number to tell it from others. */
export const KINDS = new WordSet([
  'office', 'mobile', 'mob', 'cell', 'fax', 'phone', 'telephone', 'tel', 'landline', 'whatsapp', 'direct', 'switchboard', 'handy', 'mobil',
]);
/** The same, but only after a dash or in parentheses. */
export const PLACES = new WordSet(['home', 'work', 'business', 'main', 'private', 'o', 'h', 'm', 'w', 'c', 'f']);

/** What is written before an extension. */
export const EXTENSIONS = new WordSet(['x', 'ext', 'extn', 'extension', 'durchwahl', 'poste', 'anexo', 'ramal']);
