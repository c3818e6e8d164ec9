package dev.godwit.report.format;

/// What XML 1.0 can hold (<https://www.w3.org/TR/xml/#charsets>): a file with a form feed in it must not break it.
final class Xml {
    private Xml() {}

    /// @return the text with U+FFFD in place of every character that XML has no way to write
    static String legal(String text) {
        return text.codePoints()
                .map(c -> isLegal(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}
