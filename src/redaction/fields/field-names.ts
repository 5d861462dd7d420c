import { PiiType } from '../pii-type';

/** What a phrase at the end of a field's name says. `undefined`: it looks like a phrase of the tables, and is none. */
export type Meaning = { readonly type: PiiType; readonly whole: Whole } | undefined;

/** Which values are redacted as a whole: none, since they are judged by what they hold; texts; or numbers, too. */
export type Whole = 'none' | 'texts' | 'all';

/** Names of values that are personal data whatever they hold: whole values are redacted. Words as `wordsOfName` gives them, in several languages. */
const WHOLE: Partial<Record<PiiType, string>> = {
  [PiiType.NAME]: `
    first name, given name, forename, christian name, middle name, middle initial, last name, family name, second name, surname, maiden name,
    birth name, former name, previous name, full name, preferred name, fname, lname, mname, next of kin, emergency contact, cardholder,
    card holder, card holder name, account holder, account holder name, policy holder, name on card, name on account, mother maiden name,
    mothers maiden name, name first, name last, name middle, name given, name family,
    vorname, nachname, familienname, geburtsname, rufname, zuname, madchenname, kundenname, karteninhaber, kontoinhaber, ansprechpartner,
    prenom, nom de famille, nom famille, nom de naissance, nom complet, nom de jeune fille, nom du client, titulaire carte,
    nombre completo, apellido, primer nombre, segundo nombre, nombre de pila, nombre del cliente, nombre cliente, titular tarjeta,
    cognome, nome completo, nome e cognome, intestatario, sobrenome, primeiro nome, ultimo nome, nome da mae, nome do pai, nome do cliente,
    voornaam, achternaam, familienaam, tussenvoegsel, volledige naam, geboortenaam, fornamn, efternamn, mellannamn, fornavn, etternavn, efternavn,
    mellomnavn, mellemnavn, etunimi, sukunimi, imie, nazwisko, imie i nazwisko, soyad, soyadi, ad soyad, jmeno, prijmeni, vezeteknev, keresztnev,
    prenume`,
  [PiiType.ADDRESS]: `
    address, addr, street, street name, house number, house name, apartment number, flat number, city, town, zip code, billing zip,
    shipping zip, delivery zip, home zip, mailing zip, address zip, postal code, postcode, post code, eircode, po box, post box, residence,
    place of residence, address line, address state, address region, address county, billing state, shipping state, mailing state, home state,
    adresse, anschrift, strasse, hausnummer, hausnr, plz, postleitzahl, wohnort, stadt, rue, ville, code postal, commune, domicile,
    direccion, domicilio, calle, ciudad, codigo postal, localidad, indirizzo, citta, residenza,
    endereco, rua, cidade, cep, bairro, logradouro, morada, adres, straat, straatnaam, huisnummer, woonplaats, stad,
    adress, gatuadress, postnummer, postort, gateadresse, vejnavn, postnr, poststed, osoite, katuosoite, postinumero, postitoimipaikka,
    ulica, miasto, kod pocztowy, miejscowosc, sehir, posta kodu`,
  [PiiType.PASSWORD]: `
    password, passwd, passphrase, pass phrase, passcode, pass code, pass word, pwd, user pass, db pass, login pass, root pass, admin pass,
    smtp pass, auth pass, passwort, kennwort, mot de passe, mdp, contrasena, palavra passe, senha, parola d ordine, wachtwoord, losenord,
    passord, adgangskode, kodeord, salasana, haslo, sifre`,
  [PiiType.USERNAME]: `
    username, user name, user login, login name, login id, logon name, screen name, sam account name, user principal name, nickname, nick name,
    user handle, twitter handle, social handle, benutzername, nutzername, anmeldename, benutzerkennung, nom utilisateur, nom d utilisateur,
    nombre de usuario, nombre usuario, nome utente, nome de usuario, nome de utilizador, gebruikersnaam, anvandarnamn, brukernavn, brugernavn,
    kayttajatunnus, kayttajanimi, nazwa uzytkownika, kullanici adi`,
  [PiiType.PIN]: `
    card pin, atm pin, debit pin, credit pin, bank pin, user pin, access pin, account pin, security pin, customer pin, sim pin, pin code,
    pin number, personal identification number, geheimzahl, code pin, codigo pin`,
  [PiiType.CREDIT_DEBIT_CVV]: `
    cvv, cvc, cvn, csc, cvv code, cvc code, security code, card security code, card verification value, card verification code, card verification number, card code,
    kartenprufnummer, cryptogramme`,
  [PiiType.CREDIT_DEBIT_EXPIRY]: `
    card expiry, card expiration, card exp, card expires, cc exp, cc expiry, cc expiration, card expiry date, card expiration date, card exp date,
    exp month, exp year, expiry month, expiry year, expiration month, expiration year, card valid thru, valid thru, exp date, cc exp date`,
  [PiiType.DATE_OF_BIRTH]: `
    date of birth, day of birth, month of birth, year of birth, birth date, birthdate, birthday, birth day, birth year, dob, born, born on,
    geburtsdatum, geburtstag, geb datum, gebdat, geburtsjahr, date de naissance, date naissance, ddn, fecha de nacimiento, fecha nacimiento,
    data di nascita, data nascita, data de nascimento, data nascimento, geboortedatum, geboortedag, fodelsedatum, fodelsedag, fodselsdato,
    fodselsdag, syntymaaika, syntymapaiva, data urodzenia, dogum tarihi, datum narozeni`,
  [PiiType.AWS_SECRET_KEY]: 'secret access key, aws secret key, aws secret',
  [PiiType.DRIVER_ID]: `
    driver license, driver licence, drivers license, drivers licence, driving license, driving licence, driver id, driver license id,
    drivers license id, driving licence id, dl number, dl no, fuhrerschein, fuhrerscheinnummer, permis de conduire, numero permis,
    licencia de conducir, permiso de conducir, patente di guida, cnh, carteira de motorista, rijbewijs, rijbewijsnummer, prawo jazdy`,
  [PiiType.PASSPORT_NUMBER]: `
    passport, passport id, reisepass, reisepassnummer, passnummer, passeport, numero passeport, numero de passeport, pasaporte,
    numero de pasaporte, passaporto, passaporte, paspoort, paspoortnummer, passnummer`,
  [PiiType.BANK_ACCOUNT_NUMBER]: `
    account number, account no, account num, acct number, acct no, acct num, bank account, bank account id, bank acct, kontonummer, konto nr,
    bankkonto, numero de compte, numero compte, numero de cuenta, cuenta bancaria, numero di conto, numero conto, conto corrente,
    numero da conta, conta corrente, rekeningnummer, bankrekening, numer konta, tilinumero`,
};

/** Names of values that are personal data if they are texts, however they are written: `n/a` is redacted rather than half an address let through. */
const TEXTS: Partial<Record<PiiType, string>> = {
  [PiiType.EMAIL]: 'email, e mail, email address, e mail address, mail address, correo, correo electronico, courriel',
  [PiiType.PHONE]: 'phone, telephone, mobile, mobile phone, cell phone, msisdn, fax, phone number, telefon, telefono, mobil',
  [PiiType.SSN]: 'ssn, social security number, social security',
  [PiiType.CREDIT_DEBIT_NUMBER]: 'card number, cc number, card no, primary account number',
  [PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER]: 'iban',
  [PiiType.BANK_ROUTING]: 'routing number, routing no',
  [PiiType.SWIFT_CODE]: 'swift, swift code, bic, bic code, swift bic, bank identifier code, business identifier code',
  [PiiType.IP_ADDRESS]: 'ip, ip address, ip addr, ip adresse, ip adres, ip adress, adresse ip',
  [PiiType.MAC_ADDRESS]: 'mac address, mac addr, mac adresse',
  [PiiType.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER]: 'itin',
  [PiiType.AWS_ACCESS_KEY]: 'access key id',
};

/** Names that say what kind of value to look for; values are judged by what they hold. */
const HINTS: Partial<Record<PiiType, string>> = {
  [PiiType.CREDIT_DEBIT_NUMBER]: 'credit card, debit card, pan',
  [PiiType.BANK_ROUTING]: 'aba',
  [PiiType.IP_ADDRESS]: 'ipv, remote address, remote addr',
  [PiiType.MAC_ADDRESS]: 'ethernet address, hardware address',
  [PiiType.CRYPTO_ADDRESS]: `
    wallet address, bitcoin address, btc address, ethereum address, eth address, crypto address, contract address, token address, wallet`,
  [PiiType.URL]: 'url, uri, website, homepage, web address, url address, http address',
  [PiiType.VEHICLE_IDENTIFICATION_NUMBER]: 'vin',
  [PiiType.AWS_ACCESS_KEY]: 'access key',
};

/** Names that end like one of the tables, and mean something else. */
const NOTHING = `
  memory address, mem addr, base address, start address, end address, return address, register address, virtual address, host address, server address,
  listen address, bind address, network address, broadcast address, gateway address, node address, peer address, address space,
  instance name, reply address, from address, to address, bus address, mailadresse`;

/** Names that mean something only as the whole name: `pin`, but not `gpio_pin`. */
const ALONE: Partial<Record<PiiType, string>> = {
  [PiiType.ADDRESS]: 'zip, ort',
  [PiiType.PASSWORD]: 'pass, pw, contrasenia',
  [PiiType.USERNAME]: 'login, nick, uname, upn, logon',
  [PiiType.PIN]: 'pin, pincode',
};

/** Persons, beside or above `name`: `customer_name`, `{"customer": {"name": ...}}`. */
export const PERSONS = wordSet(`
  user, customer, client, patient, person, people, employee, contact, owner, holder, member, subscriber, applicant, candidate, student, pupil,
  teacher, guest, passenger, traveler, traveller, resident, citizen, recipient, sender, payer, payee, buyer, purchaser, beneficiary, insured,
  guardian, mother, father, spouse, husband, wife, sibling, author, assignee, reporter, manager, supervisor, worker, doctor, physician, nurse,
  lawyer, attorney, donor, borrower, debtor, landlord, caller, attendee, participant, respondent, invitee, visitor, voter, witness, victim,
  suspect, defendant, plaintiff, individual, relative, consumer, shopper, signatory, signer, cardholder, policyholder, accountholder,
  kunde, mitarbeiter, benutzer, nutzer, inhaber, empfanger, absender, personne, employe, utilisateur, titulaire, salarie, cliente, paciente,
  persona, empleado, usuario, titular, paziente, dipendente, utente, titolare, pessoa, funcionario, klant, persoon, medewerker, gebruiker, houder`);

/** A bare name: of a person only beside or below one. */
export const BARE_NAMES = wordSet('name, names, nom, nombre, nome, naam, namn, navn, nimi, nazwa, display name, legal name');

/** Levels that only hold what the level above them is: `{"customer": {"profile": {"name": ...}}}`, `{"ssn": {"value": ...}}`. */
export const CONTAINERS = wordSet('profile, detail, details, info, data, attributes, properties, personal, identity, individual, record, item, entry, element');

/** Names of the value itself, below the name that says what it is, or after it: `passport number`. */
export const VALUES = wordSet(`
  number, no, num, nr, nbr, value, values, val, text, txt, string, str, raw, plain, clear, full, formatted, field, input, original, old, new,
  hash, digest, confirm, confirmation, repeat, again, encrypted, nummer, numero, content`);

/** Besides `VALUES`, below the name that says what it is only: `{"card": {"id": ...}}`. */
export const PARTS = wordSet('id, code, key, digits, primary, main, current, first, last');

/** A name that ends so is about the field and not its value: it does not take over what the level above it means. */
export const ABOUT = wordSet(`
  id, ids, uuid, type, kind, count, length, size, min, max, status, verified, valid, enabled, disabled, required, optional, flag, created, updated,
  modified, deleted, at, on, by, version, index, order, format, use, rank, score, unit, currency, language, locale, schema, ref, href, link`);

/** A name that starts so is a yes or no, or a number of something. */
export const QUESTIONS = wordSet(`
  is, has, have, can, should, must, needs, require, requires, required, allow, allows, enable, show, hide, validate, verify, check, use, uses,
  with, without, missing, invalid, valid, num, count, total, max, min, avg`);

/** The most words of a phrase. */
export const MOST_WORDS = 5;

/** What phrases mean, by their words run together. */
export const PHRASES: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...meanings(HINTS, 'none'),
  ...meanings(TEXTS, 'texts'),
  ...[...PERSONS].map(person => [`${person}name`, { type: PiiType.NAME, whole: 'all' }] as const),
  ...meanings(WHOLE, 'all'),
  ...wordsRunTogether(NOTHING).map(phrase => [phrase, undefined] as const),
]);

/** What whole names mean, by their words run together. */
export const WHOLE_NAMES: ReadonlyMap<string, Meaning> = new Map(meanings(ALONE, 'all'));

/** The last words of all phrases and all words of the lists: a name that ends in none of them, in no part, means nothing here. */
export function knownWords(): string[] {
  const phrases = [...Object.values(WHOLE), ...Object.values(TEXTS), ...Object.values(HINTS), NOTHING, ...Object.values(ALONE)].flatMap(phrasesOf);
  const lists = [PERSONS, BARE_NAMES, CONTAINERS, VALUES, PARTS, ABOUT, QUESTIONS].flatMap(words => [...words]);
  return [...phrases, ...lists].flatMap(phrase => [phrase.slice(phrase.lastIndexOf(' ') + 1), phrase.replaceAll(' ', '')]);
}

function meanings(table: Partial<Record<PiiType, string>>, whole: Whole): [string, Meaning][] {
  return (Object.keys(table) as PiiType[])
    .flatMap(type => wordsRunTogether(table[type]!).map((phrase): [string, Meaning] => [phrase, { type, whole }]));
}

function phrasesOf(list: string): string[] {
  return list.split(',').map(phrase => phrase.trim());
}

function wordsRunTogether(list: string): string[] {
  return phrasesOf(list).map(phrase => phrase.replaceAll(' ', ''));
}

function wordSet(list: string): ReadonlySet<string> {
  return new Set(wordsRunTogether(list));
}
