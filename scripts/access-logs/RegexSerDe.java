import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines as Hive's RegexSerDe, which Athena uses, does: java.util.regex, DOTALL, the whole line, one column for each group.
 *
 * <p>{@code java RegexSerDe.java parse <regex file> <lines file>} prints each line as a JSON array of its groups, or null.
 *
 * <p>{@code java RegexSerDe.java hostile <regex file>} bounds the work on hostile lines, by the characters that the engine reads
 * instead of by time, and prints it.
 */
public class RegexSerDe {
    /** Of the user agents and the like; a tenth of it is the other size that growth is measured with. */
    private static final int HOSTILE_CHARACTERS = 100_000;
    private static final double MOST_READS_PER_CHARACTER = 40;
    private static final double MOST_GROWTH = 11;
    /** Less than the stack of any thread of a query engine. */
    private static final long STACK_BYTES = 256 * 1024;

    /** Versions of Trino have read the table property input.regex.case.insensitive the wrong way round. Nothing may depend on it. */
    private static final int[] FLAGS = {Pattern.DOTALL, Pattern.DOTALL | Pattern.CASE_INSENSITIVE};

    public static void main(String[] args) throws Exception {
        String regex = read(args[1]);
        if (args[0].equals("parse")) {
            parse(regex, List.of(read(args[2]).split("\n")));
        } else {
            Throwable[] failure = new Throwable[1];
            Thread thread = new Thread(null, () -> hostile(regex), "hostile", STACK_BYTES);
            thread.setUncaughtExceptionHandler((ignored, error) -> failure[0] = error);
            thread.start();
            thread.join();
            if (failure[0] != null) {
                System.err.println(failure[0].getMessage());
                System.exit(1);
            }
        }
    }

    private static void parse(String regex, List<String> lines) {
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            String row = row(regex, FLAGS[0], line);
            for (int flags : FLAGS) {
                if (!row.equals(row(regex, flags, line))) {
                    throw new AssertionError("depends on flags: " + line);
                }
            }
            out.append(row).append('\n');
        }
        System.out.writeBytes(out.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String row(String regex, int flags, String line) {
        Matcher matcher = Pattern.compile(regex, flags).matcher(line);
        if (!matcher.matches()) {
            return "null";
        }
        StringBuilder row = new StringBuilder("[");
        for (int group = 1; group <= matcher.groupCount(); group++) {
            row.append(group == 1 ? "" : ",").append(json(matcher.group(group)));
        }
        return row.append(']').toString();
    }

    private static String json(String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /**
     * What an attacker fills a field with, to have the engine try the rest of the expression from as many places as possible.
     */
    private static final List<String> FILLINGS = List.of(
        "a", " ", "\"", "-", "\" ", " \"", "\" \"", "\" - ", "- ", " -", "\" - - - - - - ", "\" a a a a a a ", "\" a a - a a a TLS",
        "\" a a SigV4 a a a ", "\" a a SigV4 a AuthHeader a TLSv1.2\" ", "\" 200 - 1 1 1 1 \"-\" \"x", " HTTP/1.1", "GET / HTTP/1.1\" ", "]", "[", "\\\"", "TLS",
        "\" \"a\" \"aaa\" \"aaaaa", "ab\"", "\" \" a a a a a a ");

    private static void hostile(String regex) {
        Pattern pattern = Pattern.compile(regex, FLAGS[0]);
        double mostReads = 0;
        double mostGrowth = 0;
        int lines = 0;
        for (String filling : FILLINGS) {
            for (Shape shape : Shape.values()) {
                double few;
                double many;
                try {
                    few = readsPerCharacter(pattern, shape.line(fill(filling, HOSTILE_CHARACTERS / 10)));
                    many = readsPerCharacter(pattern, shape.line(fill(filling, HOSTILE_CHARACTERS)));
                } catch (IllegalStateException | StackOverflowError e) {
                    throw new AssertionError(shape + " filled with '" + filling + "': " + e);
                }
                double growth = 10 * many / few;
                if (growth > MOST_GROWTH) {
                    throw new AssertionError(shape + " filled with '" + filling + "': " + growth + " times the work for 10 times the length");
                }
                mostReads = Math.max(mostReads, many);
                mostGrowth = Math.max(mostGrowth, growth);
                lines += 2;
            }
        }
        System.out.printf("%d hostile lines, at most %.1f reads of each character, %.1f times the work for 10 times the length%n",
            lines, mostReads, mostGrowth);
    }

    /** Where the hostile text stands. */
    private enum Shape {
        KEY, REQUEST_LINE, REFERER, USER_AGENT, REFERER_AND_USER_AGENT, USER_AGENT_WITHOUT_END, REFERER_WITHOUT_END, VERSION_ID, WHOLE_LINE, END;

        private static final String IDENTITY = "0123abcd example-data [12/Jan/2026:10:15:00 +0000] 192.0.2.10 - 0A1B2C3D4E5F6071 REST.GET.OBJECT ";
        private static final String RESPONSE = " 200 - 1 1 1 1 ";
        private static final String REQUEST = "k \"GET /k HTTP/1.1\"" + RESPONSE;
        private static final String CONNECTION = " aG9zdA== SigV4 TLS_AES_128_GCM_SHA256 AuthHeader example-data.s3.amazonaws.com TLSv1.3 - - -";

        String line(String hostile) {
            switch (this) {
                case KEY: return IDENTITY + hostile + " \"GET /k HTTP/1.1\"" + RESPONSE + "\"-\" \"-\" -" + CONNECTION;
                case REQUEST_LINE: return IDENTITY + "k \"GET /" + hostile + " HTTP/1.1\"" + RESPONSE + "\"-\" \"-\" -" + CONNECTION;
                case REFERER: return IDENTITY + REQUEST + "\"" + hostile + "\" \"-\" -" + CONNECTION;
                case USER_AGENT: return IDENTITY + REQUEST + "\"-\" \"" + hostile + "\" -" + CONNECTION;
                case REFERER_AND_USER_AGENT: return IDENTITY + REQUEST + "\"" + hostile + "\" \"" + hostile + "\" -" + CONNECTION;
                case USER_AGENT_WITHOUT_END: return IDENTITY + REQUEST + "\"-\" \"" + hostile;
                case REFERER_WITHOUT_END: return IDENTITY + REQUEST + "\"" + hostile;
                case VERSION_ID: return IDENTITY + REQUEST + "\"-\" \"-\" " + hostile + CONNECTION;
                case END: return IDENTITY + REQUEST + "\"-\" \"-\" -" + CONNECTION + " " + hostile;
                default: return hostile;
            }
        }
    }

    private static String fill(String filling, int characters) {
        return filling.repeat(characters / filling.length() + 1).substring(0, characters);
    }

    private static double readsPerCharacter(Pattern pattern, String line) {
        CountedText text = new CountedText(line);
        pattern.matcher(text).matches();
        return (double) text.reads / line.length();
    }

    private static final class CountedText implements CharSequence {
        private final String text;
        private int reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS_PER_CHARACTER * text.length()) {
                throw new IllegalStateException("more than " + MOST_READS_PER_CHARACTER + " reads of each character");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    }
}
