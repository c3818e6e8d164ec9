package dev.godwit.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void dropsAByteOrderMarkSoThatPlacesAreThoseOfAnEditor() {
        SourceText text = SourceReader.decode("\uFEFFSELECT 'é';\r\nSELECT 2;\r\n".getBytes(UTF_8), "a.sql");
        assertThat(text.content()).startsWith("SELECT");
        assertThat(text.position(text.content().indexOf('2'))).hasToString("2:8");
    }

    @Test
    void namesTheFirstByteThatIsNotUtf8WithItsPlaceAndTheCommandThatConverts() {
        byte[] latin = "-- un\n-- cr ".getBytes(UTF_8);
        byte[] bytes = Arrays.copyOf(latin, latin.length + 4);
        bytes[latin.length] = (byte) 0xE9;
        Arrays.fill(bytes, latin.length + 1, bytes.length, (byte) 'x');
        Problem problem = problemOf(() -> SourceReader.decode(bytes, "db/1_a.sql"));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
        assertThat(problem.what()).isEqualTo("the file is not UTF-8: byte 0xE9, which is 'é' in Latin-1");
        assertThat(problem.where()).isEqualTo("db/1_a.sql:2:7");
        assertThat(problem.remedy())
                .isEqualTo("convert it: iconv -f latin1 -t utf-8 < db/1_a.sql > utf8.tmp && mv utf8.tmp db/1_a.sql");
    }

    @Test
    void proposesNoConversionThatWouldSpoilWhatIsUtf8Already() {
        byte[] mixed = "'𝄞' 'x'".getBytes(UTF_8);
        mixed[mixed.length - 2] = (byte) 0xE9;
        Problem problem = problemOf(() -> SourceReader.decode(mixed, "a.sql"));
        assertThat(problem.where()).isEqualTo("a.sql:1:6");
        assertThat(problem.remedy()).contains("type that character anew").doesNotContain("iconv");
    }

    @Test
    void findsTheBadByteBehindMoreTextThanABufferHolds() {
        byte[] bytes = ("x".repeat(20_000) + "\n" + "é".repeat(9_000)).getBytes(UTF_8);
        bytes[bytes.length - 3] = (byte) 0xFF;
        assertThat(problemOf(() -> SourceReader.decode(bytes, "a.sql")).where()).isEqualTo("a.sql:2:8999");
    }

    @Test
    void tellsACutOffFileFromAForeignEncoding() {
        byte[] whole = "SELECT '€".getBytes(UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThat(problemOf(() -> SourceReader.decode(cut, "a.sql")).what()).contains("cut off");
        assertThat(problemOf(() -> SourceReader.decode("caf\u00e9".getBytes(ISO_8859_1), "a.sql"))
                        .what())
                .contains("Latin-1");
    }

    @Test
    void recognisesUtf16AndUtf32WithAndWithoutAMark() {
        for (String name : new String[] {"UTF-16LE", "UTF-16BE"}) {
            byte[] bare = "SELECT 'ä' FROM t;".getBytes(Charset.forName(name));
            byte[] marked = "\uFEFFSELECT 1;".getBytes(Charset.forName(name));
            assertThat(problemOf(() -> SourceReader.decode(bare, "a.sql")).what())
                    .isEqualTo("the file is " + name + ", not UTF-8");
            assertThat(problemOf(() -> SourceReader.decode(marked, "a.sql")).what())
                    .isEqualTo("the file is " + name + ", not UTF-8");
        }
        byte[] wide = "\uFEFFSELECT 1;".getBytes(Charset.forName("UTF-32LE"));
        assertThat(problemOf(() -> SourceReader.decode(wide, "a.sql")).what()).contains("UTF-32LE");
    }

    @Test
    void placesANulCharacter() {
        Problem problem = problemOf(() -> SourceReader.decode("SELECT 1;\nSELECT 'a\0';".getBytes(UTF_8), "a.sql"));
        assertThat(problem.what()).contains("NUL");
        assertThat(problem.where()).isEqualTo("a.sql:2:10");
    }

    @Test
    void quotesAPathForTheShell() {
        byte[] bytes = "x\u00ff".getBytes(ISO_8859_1);
        assertThat(problemOf(() -> SourceReader.decode(bytes, "it's here/a.sql"))
                        .remedy())
                .contains("< 'it'\\''s here/a.sql' >");
    }

    @Test
    void readsAFileOverAHundredMegabytes() throws IOException {
        Path file = folder.resolve("large.sql");
        String line = "INSERT INTO t VALUES (" + "1".repeat(1000) + ");\n";
        Files.writeString(file, line.repeat(110 << 10));
        SourceText text = SourceReader.read(file, "large.sql");
        assertThat(text.lineCount()).isEqualTo((110 << 10) + 1);
    }

    @Test
    void refusesAFileOverItsLimitBeforeItIsRead() throws IOException {
        Path file = folder.resolve("huge.sql");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SourceReader.LIMIT_BYTES + 1);
        }
        Problem problem = problemOf(() -> SourceReader.read(file, "huge.sql"));
        assertThat(problem.what()).contains("larger than 128 MB");
        assertThat(problem.remedy()).contains("COPY");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path unreadable = Files.createSymbolicLink(folder.resolve("io.sql"), Path.of("/proc/self/mem"));
        assertThat(problemOf(() -> SourceReader.read(unreadable, "io.sql")).what())
                .startsWith("the file cannot be read: ");
        assertThat(problemOf(() -> SourceReader.read(folder.resolve("none.sql"), "none.sql"))
                        .what())
                .isEqualTo("the file cannot be read: no such file");
        assertThat(problemOf(() -> SourceReader.read(folder, "x.sql")).what()).contains("a directory");
        assertThat(problemOf(() -> SourceReader.read(Path.of("/dev/zero"), "zero.sql"))
                        .what())
                .contains("a device");
    }

    @Test
    void tellsALinkThatLeadsNowhereFromOneThatLeadsToItself() throws IOException {
        Path one = folder.resolve("one.sql");
        Path two = folder.resolve("two.sql");
        Files.createSymbolicLink(one, Path.of("two.sql"));
        Files.createSymbolicLink(two, Path.of("one.sql"));
        Path dangling = Files.createSymbolicLink(folder.resolve("gone.sql"), Path.of("nowhere.sql"));
        assertThat(problemOf(() -> SourceReader.read(one, "one.sql")).what()).contains("back to itself");
        assertThat(problemOf(() -> SourceReader.read(dangling, "gone.sql")).what())
                .contains("not there");
    }

    @Test
    void readsAStreamToItsEnd() {
        assertThat(SourceReader.read(new ByteArrayInputStream("SELECT 1".getBytes(UTF_8)), "-")
                        .content())
                .isEqualTo("SELECT 1");
        assertThat(problemOf(() -> SourceReader.read(new ByteArrayInputStream("\uFEFFx".getBytes(UTF_16LE)), "-"))
                        .remedy())
                .isEqualTo("convert it: … | iconv -f UTF-16LE -t utf-8");
    }

    /// Any bytes give a text or a problem with a place inside them, and nothing else.
    @Test
    void takesAnyBytesAtAll() {
        SplittableRandom random = new SplittableRandom(20_261_122);
        int texts = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                for (int at = 0; at < bytes.length; at++) {
                    bytes[at] &= 0x7F;
                }
            }
            texts += decodes(bytes) ? 1 : 0;
        }
        assertThat(texts).isBetween(300, 2_700);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            assertThat(SourceReader.decode(bytes, "a.sql").utf8()).endsWith(bytes);
            return true;
        } catch (GodwitException e) {
            assertThat(e.problem().where()).matches("a\\.sql(:\\d+:\\d+)?");
            assertThat(e.problem().remedy()).isNotEmpty();
            return false;
        }
    }

    private static Problem problemOf(ThrowingCallable call) {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }
}
