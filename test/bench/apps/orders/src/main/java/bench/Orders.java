package bench;

import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A service like any other, whose answers say which process gave them, and when. It ends when its standard input ends. */
@SpringBootApplication
@RestController
public class Orders {
  private static final String PID = String.valueOf(ProcessHandle.current().pid());

  @GetMapping("/orders/{id}")
  public ResponseEntity<String> order(@PathVariable String id) throws InterruptedException {
    String at = String.valueOf(System.currentTimeMillis());
    Thread.sleep(ThreadLocalRandom.current().nextInt(2, 8));
    return ResponseEntity.ok().header("X-Pid", PID).header("X-At", at).body("order " + id);
  }

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
    SpringApplication.run(Orders.class, arguments);
  }
}
