package live;

import com.alibaba.nacos.core.code.ControllerMethodsCache;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

import java.util.List;

/** Starts the naming and config modules of Nacos 2.2.4. Its console module is not published, so /v1/console/* and /v2/console/* are absent. */
@SpringBootApplication(scanBasePackages = {"com.alibaba.nacos", "live"})
@ServletComponentScan("com.alibaba.nacos")
@EnableScheduling
public class Nacos2 {
    public static void main(String[] args) {
        endWithStandardInput();
        SpringApplication.run(Nacos2.class, args);
    }

    /** A server must not outlive whoever started it, however that one ended: then its standard input ends. */
    private static void endWithStandardInput() {
        var thread = new Thread(() -> {
            try {
                while (System.in.read() >= 0) { }
            } catch (java.io.IOException ended) {
                // the same as its end
            }
            Runtime.getRuntime().halt(0);
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Nacos answers 501 to every path whose controller it was not told of. */
    @Bean
    Object knownControllers(ControllerMethodsCache cache) {
        List.of("core", "naming", "config.server").forEach(module -> {
            for (String suffix : List.of("controller", "controllers")) {
                cache.initClassMethod("com.alibaba.nacos." + module + "." + suffix);
            }
        });
        return new Object();
    }
}
