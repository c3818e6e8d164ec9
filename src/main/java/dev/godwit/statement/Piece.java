package dev.godwit.statement;

import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// What stands between two semicolons of a script's top level.
///
/// @param comments those above its first token, in their order
/// @param span from its first token to the end of its last
/// @param next where the text goes on: behind the semicolon, or at the end
/// @param junk the first token that the server's lexer refuses and the module's does not
/// @param complete false when the text ends inside a parenthesis or a body, so that its end is the script's
record Piece(List<Token> comments, Span span, int next, boolean complete, Optional<Token> junk) {}
