package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Session;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Signal;
import dev.godwit.throttle.ThrottleSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Prometheus says of an expression: the largest of its samples against the number that stands behind the
/// comparison. A server that cannot be reached, and an expression without a sample, hold the work up as well.
///
/// Source: Prometheus, HTTP API, instant queries.
@AutoService(ThrottleSignal.class)
public final class Prometheus implements ThrottleSignal {
    private static final Pattern FORM =
            Pattern.compile("(https?://\\S+)\\s+(.+?)\\s*>\\s*([-+]?[0-9]+(?:\\.[0-9]+)?)\\s*", Pattern.DOTALL);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "prometheus";
    }

    @Override
    public String example() {
        return "http://prometheus:9090 sum(rate(http_errors_total[1m])) > 5";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        Matcher form = FORM.matcher(limit.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + limit + "\" is no URL, expression, > and number");
        }
        String query = form.group(1).replaceFirst("/+$", "") + "/api/v1/query?query="
                + URLEncoder.encode(form.group(2), StandardCharsets.UTF_8);
        URI uri = URI.create(query);
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL with a user or a password is shown by godwit config");
        }
        return _ -> new Expression(uri, form.group(2), Double.parseDouble(form.group(3)), form.group(3));
    }

    private static final class Expression implements Signal {
        private final HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        private final HttpRequest request;
        private final String expression;
        private final double most;
        private final String limit;

        Expression(URI uri, String expression, double most, String limit) {
            this.request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            this.expression = expression;
            this.most = most;
            this.limit = limit;
        }

        @Override
        public Optional<Reading> look(Session session) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() == 200
                        ? judged(JsonMapper.shared().readTree(answer.body()))
                        : unknown("Prometheus answers " + answer.statusCode());
            } catch (IOException | JacksonException _) {
                return unknown("Prometheus does not answer at " + request.uri().getAuthority());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return unknown("interrupted");
            }
        }

        private Optional<Reading> judged(JsonNode answer) {
            JsonNode data = answer.path("data");
            Stream<JsonNode> samples = data.path("resultType").asString("").equals("scalar")
                    ? Stream.of(data.path("result").path(1))
                    : data.path("result")
                            .valueStream()
                            .map(series -> series.path("value").path(1));
            Optional<String> largest =
                    samples.map(value -> value.asString("NaN")).max(Comparator.comparingDouble(Expression::number));
            if (largest.isEmpty() || Double.isNaN(number(largest.get()))) {
                return unknown("it has no value");
            }
            return number(largest.get()) > most
                    ? Optional.of(Reading.over(expression, largest.get(), limit))
                    : Optional.empty();
        }

        /// @param value as Prometheus writes it, `+Inf` and `NaN` included
        private static double number(String value) {
            return Double.parseDouble(value.replace("Inf", "Infinity"));
        }

        private Optional<Reading> unknown(String why) {
            return Optional.of(Reading.unknown(expression, why, limit));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
