/** Small readers of their own, so that what the engine writes is not judged by what the engine reads. */

export function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const [field, quoted, plain] = rest.startsWith('"') ? /^"((?:[^"]|"")*)"/.exec(rest)! : /^()([^\r\n,\t]*)/.exec(rest)!;
    row.push(plain ?? quoted.replace(/""/g, '"'));
    rest = rest.slice(field.length);
    if (rest.startsWith(separator)) {
      rest = rest.slice(separator.length);
      if (rest === '') {
        row.push('');
      }
    } else {
      rest = rest.replace(/^\r?\n/, '');
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** The tags of a document with their attributes, and the text between them: no comments, no blanks around text. */
export function tagsAndText(xml: string): string[] {
  const parts = xml.match(/<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+/gs) ?? [];
  return parts.map(part => {
    if (part.startsWith('<![CDATA[')) {
      return part.slice('<![CDATA['.length, -']]>'.length);
    }
    return unescapeXml(part.startsWith('<') ? part.replace(/\s+/g, ' ').replace(/ (\/?>)$/, '$1') : part);
  }).filter(part => part.trim() !== '');
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/g, (_, hex?: string, code?: string, name?: string) =>
    hex !== undefined ? String.fromCodePoint(parseInt(hex, 16))
      : code !== undefined ? String.fromCodePoint(Number(code))
        : { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' }[name!]!);
}
