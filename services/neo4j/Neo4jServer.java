import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import picocli.CommandLine;

/**
 * A Neo4j Community server that speaks Bolt on loopback: java Neo4jServer HOME PORT PASSWORD.
 * It prints READY when it takes connections, and stops when its standard input ends: with the process that started it.
 */
public final class Neo4jServer {
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]).toAbsolutePath();
        SocketAddress address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
        Path conf = Files.createDirectories(home.resolve("conf"));
        if (!Files.exists(home.resolve("data/databases/system"))) {
            // Has to be before the first start.
            int failed = new CommandLine(new SetInitialPasswordCommand(new ExecutionContext(home, conf))).execute(args[2]);
            if (failed != 0) System.exit(failed);
        }
        // By default it waits for 10 seconds for connections that might still come. As text, because its type depends on the version.
        Path settings = conf.resolve("neo4j.conf");
        Files.writeString(settings, GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period.name() + "=0\n");
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(settings)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, address)
                .setConfig(BoltConnector.advertised_address, address)
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(64))
                // Tests fill and empty the database all the time, and each time would have every statement planned anew.
                .setConfig(GraphDatabaseSettings.query_statistics_divergence_threshold, 1.0)
                .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        System.out.println("READY");
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
