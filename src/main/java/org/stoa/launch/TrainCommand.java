package org.stoa.launch;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts once on a folder that is thrown away, so that the JVM can note what a start needs. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Option(names = "--data", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // The hosts of the sites are named in headers: not every machine knows *.localhost.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        var settings =
                CommandLineTool.settings(
                        Map.of(
                                "data",
                                data,
                                "port",
                                "0",
                                "clerk.webhook-secret",
                                Rehearsal.SECRET));
        try (var program = Program.serve(tool.application(), settings, true);
                var client = HttpClient.newHttpClient()) {
            var server = ((WebServerApplicationContext) program.context()).getWebServer();
            if (server == null) {
                return 1;
            }
            var clock = program.context().getBean(Clock.class);
            new Rehearsal(client, server.getPort(), clock).play();
        }
        return 0;
    }
}
