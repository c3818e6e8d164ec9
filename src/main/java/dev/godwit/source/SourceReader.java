package dev.godwit.source;

import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/// Files and bytes to text: strict UTF-8 or a problem that names the byte and its place.
///
/// A byte order mark is dropped, so that line and column are what an editor shows. Memory is bounded by [#LIMIT_BYTES]:
/// a file of that size is read within 200 MB of heap when it is ASCII, within 1 GB whatever it holds (measured).
public final class SourceReader {
    /// Larger files are refused: so many bytes of SQL are data, and no parser or reviewer has a use for them.
    public static final long LIMIT_BYTES = 128L << 20;

    private SourceReader() {}

    /// @param name the path as people read it
    public static SourceText read(Path file, String name) {
        requireReadable(file, name);
        try {
            return text(name, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw undecodable(file, name);
        } catch (IOException e) {
            throw unreadable(name, Reasons.of(e)).raise();
        }
    }

    /// Reads standard input or another stream to its end; the caller closes it.
    public static SourceText read(InputStream in, String name) {
        try {
            byte[] bytes = in.readNBytes((int) LIMIT_BYTES + 1);
            requireSize(bytes.length, name);
            return decode(bytes, name);
        } catch (IOException e) {
            throw unreadable(name, Reasons.of(e)).raise();
        }
    }

    public static SourceText decode(byte[] bytes, String name) {
        try {
            String content = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text(name, content);
        } catch (CharacterCodingException e) {
            throw Encoding.problem(bytes, name).raise();
        }
    }

    private static SourceText text(String name, String content) {
        int nul = content.indexOf('\0');
        if (nul >= 0) {
            throw Encoding.nul(new SourceText(name, content), nul).raise();
        }
        return new SourceText(name, content.startsWith("\uFEFF") ? content.substring(1) : content);
    }

    private static RuntimeException undecodable(Path file, String name) {
        try {
            return Encoding.problem(Files.readAllBytes(file), name).raise();
        } catch (IOException e) {
            return unreadable(name, Reasons.of(e)).raise();
        }
    }

    private static void requireReadable(Path file, String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw notAFile(attributes.isDirectory(), name).raise();
            }
            requireSize(attributes.size(), name);
        } catch (IOException e) {
            throw (Files.isSymbolicLink(file) ? badLink(file, name) : unreadable(name, Reasons.of(e))).raise();
        }
    }

    private static void requireSize(long bytes, String name) {
        if (bytes > LIMIT_BYTES) {
            throw Problem.usage("the file is larger than " + (LIMIT_BYTES >> 20)
                            + " MB, the most that Godwit reads as one script")
                    .at(name)
                    .remedy("split it, or load its rows with COPY outside the migration")
                    .raise();
        }
    }

    private static Problem notAFile(boolean directory, String name) {
        String kind = directory ? "a directory" : "a device, socket or pipe";
        return Problem.usage("this is " + kind + ", not a file").at(name).remedy("move it away");
    }

    private static Problem badLink(Path link, String name) {
        String what = leadsBack(link)
                ? "this symbolic link leads back to itself"
                : "this symbolic link leads to a file that is not there";
        return Problem.usage(what).at(name).remedy("delete the link, or point it at the migration's file");
    }

    private static boolean leadsBack(Path link) {
        Set<Path> seen = new HashSet<>();
        Path at = link.toAbsolutePath().normalize();
        try {
            while (Files.isSymbolicLink(at)) {
                if (!seen.add(at)) {
                    return true;
                }
                at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
            }
        } catch (IOException e) {
            throw unreadable(link.toString(), Reasons.of(e)).raise();
        }
        return false;
    }

    private static Problem unreadable(String name, String reason) {
        return Problem.usage("the file cannot be read: " + reason)
                .at(name)
                .remedy("check that it exists and that you may read it: ls -l " + name);
    }
}
