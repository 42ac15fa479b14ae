package live;

import com.alibaba.nacos.client.auth.ram.RamClientAuthServiceImpl;
import com.alibaba.nacos.client.auth.ram.identify.StsConfig;
import com.alibaba.nacos.plugin.auth.api.LoginIdentityContext;
import com.alibaba.nacos.plugin.auth.api.RequestResource;

import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Nacos's own client signs, by its own classes. The access key is NACOS_ACCESS_KEY, NACOS_SECRET_KEY and
 * NACOS_SIGNATURE_REGION; NACOS_STS is the JSON of a temporary one, as the metadata of a cloud machine give it.
 */
public class Signer {
    static void addKey(Properties properties) {
        add(properties, "accessKey", "NACOS_ACCESS_KEY");
        add(properties, "secretKey", "NACOS_SECRET_KEY");
        add(properties, "signatureRegionId", "NACOS_SIGNATURE_REGION");
    }

    static String sign(String namespace, String group, String service) throws Exception {
        Properties properties = new Properties();
        addKey(properties);
        if (System.getenv("NACOS_STS") != null) {
            StsConfig.getInstance().setSecurityCredentials(System.getenv("NACOS_STS"));
        }
        var client = new RamClientAuthServiceImpl();
        client.login(properties);
        String naming = json(client.getLoginIdentityContext(RequestResource.namingBuilder()
            .setNamespace(orNull(namespace)).setGroup(orNull(group)).setResource(orNull(service)).build()));
        String config = json(client.getLoginIdentityContext(RequestResource.configBuilder().build()));
        String version = new java.io.File(RamClientAuthServiceImpl.class.getProtectionDomain().getCodeSource()
            .getLocation().getPath()).getName();
        return "{\"jar\":" + quoted(version) + ",\"group\":" + quoted(orNull(group)) + ",\"service\":"
            + quoted(orNull(service)) + ",\"naming\":" + naming + ",\"config\":" + config + "}";
    }

    private static void add(Properties properties, String name, String variable) {
        if (System.getenv(variable) != null) {
            properties.setProperty(name, System.getenv(variable));
        }
    }

    private static String orNull(String word) {
        return word.equals("-") ? null : word;
    }

    private static String json(LoginIdentityContext context) {
        return new TreeSet<>(context.getAllKey()).stream()
            .map(key -> quoted(key) + ":" + quoted(context.getParameter(key)))
            .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
