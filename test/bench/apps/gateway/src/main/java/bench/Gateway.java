package bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A stock gateway: all that it knows comes from its command line. It ends when its standard input ends. */
@SpringBootApplication
public class Gateway {
  public static void main(String[] arguments) {
    Thread lifeline = new Thread(() -> {
      try {
        while (System.in.read() >= 0) {}
      } catch (java.io.IOException closed) {
        // Whoever held it is gone.
      }
      Runtime.getRuntime().halt(1);
    });
    lifeline.setDaemon(true);
    lifeline.start();
    SpringApplication.run(Gateway.class, arguments);
  }
}
