package dev.godwit.cli;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.gateway.ClientTls;
import dev.godwit.gateway.Gateway;
import dev.godwit.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The gateway alone.
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = "Stand between clients and a server, and show every statement, lock and wait.",
        footer = {
            "",
            "Example: godwit proxy --upstream postgresql://app@db:5432/shop",
            "         godwit proxy --upstream env:DATABASE_URL -- bin/rails db:migrate"
        })
final class ProxyCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--listen",
            paramLabel = "ADDR",
            defaultValue = "127.0.0.1:0",
            description = "host:port; port 0 takes any that is free (default: ${DEFAULT-VALUE})")
    private String listen = "127.0.0.1:0";

    @Option(names = "--upstream", paramLabel = "URL", required = true, description = "the server")
    private String upstream = "";

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM; clients that ask for TLS get it, by SSLRequest or sslnegotiation=direct")
    private @Nullable Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "the private key of --tls-cert, PEM")
    private @Nullable Path tlsKey;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json")
    private String format = "text";

    @Option(
            names = {"-q", "--quiet"},
            description = "no lines, only results and errors")
    private boolean quiet;

    @Option(names = "--debug", hidden = true, description = "print stack traces")
    private boolean debug;

    @Parameters(
            paramLabel = "COMMAND",
            description = "run this with PGHOST, PGPORT and DATABASE_URL pointing at the gateway, and end with it")
    private List<String> command = new ArrayList<>();

    ProxyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean json = Formats.isJson(format);
        DatabaseUrl url = DatabaseUrl.parse(upstream, context.environment());
        Gateway.Options options = ListenAddress.parse(listen).options(url, tls());
        Terminal terminal = context.terminal().withQuiet(quiet && !debug);
        ProxyView view = new ProxyView(terminal, json, json || !command.isEmpty());
        try (ProxyStop stop = ProxyStop.install()) {
            int exitCode = run(url, options, view, terminal, stop);
            if (json) {
                terminal.print(EvidenceJson.write(view.document(exitCode)));
            }
            return exitCode;
        }
    }

    private Optional<ClientTls> tls() {
        if (tlsCert == null && tlsKey == null) {
            return Optional.empty();
        }
        if (tlsCert == null || tlsKey == null) {
            throw Problem.usage("a certificate and its private key go together")
                    .at(tlsCert == null ? "--tls-key" : "--tls-cert")
                    .remedy("give --tls-cert FILE and --tls-key FILE, or neither")
                    .raise();
        }
        Path directory = context.directory();
        return Optional.of(ClientTls.of(directory.resolve(tlsCert), directory.resolve(tlsKey)));
    }

    private int run(DatabaseUrl url, Gateway.Options options, ProxyView view, Terminal terminal, ProxyStop stop) {
        try (Gateway gateway = Gateway.start(options, view)) {
            terminal.note("listening on " + gateway.host() + ":" + gateway.port() + ", in front of " + url.display());
            return command.isEmpty()
                    ? new ProxyWatch(url, gateway, view, terminal).untilStopped(stop)
                    : ProxyChild.run(
                            command,
                            context,
                            url.through(gateway.host(), gateway.port()),
                            Formats.isJson(format),
                            stop);
        }
    }
}
