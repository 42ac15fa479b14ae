package live;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.NamingEvent;
import com.alibaba.nacos.api.naming.pojo.Instance;
import com.sun.net.httpserver.HttpServer;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * register SERVER LIFELINE GROUP SERVICE IP PORT WEIGHT METADATA SERVED [COMPANION [COUNT]]: an instance that answers
 * 200 to every request, on the port SERVED of its ip; the same connection registers it in the service COMPANION too, one
 * port higher, or in COUNT services: COMPANION1, COMPANION2 and so on.
 * subscribe SERVER LIFELINE GROUP SERVICE: a consumer that prints a line of JSON each time it is told of the service.
 * sign NAMESPACE GROUP SERVICE: what the client would add to a naming request, and for comparison to a config request,
 * as a line of JSON with the version of the client's classes; a word may be empty, and - is a null. See Signer.java.
 * LIFELINE is a port: the process ends when the connection to it does. METADATA is k=v,k=v. The user and the password
 * are NACOS_USER and NACOS_PASSWORD, the access key NACOS_ACCESS_KEY, NACOS_SECRET_KEY and NACOS_SIGNATURE_REGION; with
 * NACOS_PERSISTENT the instance is a persistent one, which 2.x registers over HTTP; the cluster of the instance is NACOS_CLUSTER, and DEFAULT without it.
 */
public class Client {
    public static void main(String[] words) throws Exception {
        if (words[0].equals("sign")) {
            System.out.println(Signer.sign(words[1], words[2], words[3]));
            System.exit(0);
        }
        endWithLifeline(Integer.parseInt(words[2]));
        NamingService naming = NacosFactory.createNamingService(properties(words[1]));
        if (words[0].equals("register")) {
            register(naming, words);
        } else {
            subscribe(naming, words[3], words[4]);
        }
        new CountDownLatch(1).await();
    }

    private static Properties properties(String server) {
        Properties properties = new Properties();
        properties.setProperty("serverAddr", server);
        properties.setProperty("namingLoadCacheAtStart", "false");
        String user = System.getenv("NACOS_USER");
        if (user != null) {
            properties.setProperty("username", user);
            properties.setProperty("password", System.getenv("NACOS_PASSWORD"));
        }
        Signer.addKey(properties);
        return properties;
    }

    private static void register(NamingService naming, String[] words) throws Exception {
        Instance instance = new Instance();
        instance.setIp(words[5]);
        instance.setPort(Integer.parseInt(words[6]));
        instance.setWeight(Double.parseDouble(words[7]));
        instance.setMetadata(metadata(words[8]));
        instance.setEphemeral(System.getenv("NACOS_PERSISTENT") == null);
        if (System.getenv("NACOS_CLUSTER") != null) {
            instance.setClusterName(System.getenv("NACOS_CLUSTER"));
        }
        var address = new InetSocketAddress(instance.getIp(), Integer.parseInt(words[9]));
        HttpServer http = HttpServer.create(address, 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        naming.registerInstance(words[4], words[3], instance);
        if (words.length == 11) {
            naming.registerInstance(words[10], words[3], above(instance));
        }
        int count = words.length > 11 ? Integer.parseInt(words[11]) : 0;
        for (int number = 1; number <= count; number++) {
            naming.registerInstance(words[10] + number, words[3], above(instance));
        }
        say("{\"at\":" + System.currentTimeMillis() + ",\"registered\":\"" + instance.toInetAddr() + "\"}");
    }

    private static Instance above(Instance instance) {
        Instance companion = new Instance();
        companion.setIp(instance.getIp());
        companion.setPort(instance.getPort() + 1);
        return companion;
    }

    private static Map<String, String> metadata(String text) {
        Map<String, String> metadata = new HashMap<>();
        for (String pair : text.split(",")) {
            metadata.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return metadata;
    }

    private static void subscribe(NamingService naming, String group, String service) throws Exception {
        naming.subscribe(service, group, event -> {
            long at = System.currentTimeMillis();
            String hosts = ((NamingEvent) event).getInstances().stream()
                .map(host -> "\"" + host.getIp() + ":" + host.getPort() + "\"")
                .collect(Collectors.joining(","));
            say("{\"at\":" + at + ",\"hosts\":[" + hosts + "]}");
        });
        say("{\"at\":" + System.currentTimeMillis() + ",\"subscribed\":true}");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Nothing outlives the test that started it, however that one ended. */
    private static void endWithLifeline(int port) throws Exception {
        Socket socket = new Socket("127.0.0.1", port);
        Thread thread = new Thread(() -> {
            try {
                while (socket.getInputStream().read() >= 0) { }
            } catch (java.io.IOException ended) {
                // the same as its end
            }
            Runtime.getRuntime().halt(0);
        });
        thread.setDaemon(true);
        thread.start();
    }
}
