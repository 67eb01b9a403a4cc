import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import java.io.StringReader;
import org.slf4j.LoggerFactory;
import org.xml.sax.InputSource;

/** Logs lines through a logback configuration. Arguments: the configuration, the number of lines. */
final class LogbackClient {
  public static void main(String[] args) throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new InputSource(new StringReader(args[0])));
    Logger logger = context.getLogger("client");
    int count = Integer.parseInt(args[1]);
    for (int i = 0; i < count; i++) {
      logger.info("line {} level=warn", i);
      if (i % 500 == 499) {
        Thread.sleep(50); // the appenders drop what comes faster than they send
      }
    }
    Thread.sleep(1000);
    context.stop();
    for (Status status : context.getStatusManager().getCopyOfStatusList()) {
      if (status.getEffectiveLevel() >= Status.WARN) {
        System.err.println(status);
      }
    }
    System.exit(0);
  }
}
