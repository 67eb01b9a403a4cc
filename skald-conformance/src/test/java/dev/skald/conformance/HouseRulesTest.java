package dev.skald.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house that the compiler does not see. */
final class HouseRulesTest {
  private static @Nullable JavaClasses imported;

  @BeforeAll
  static void read() {
    imported =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.skald");
  }

  private static JavaClasses house() {
    if (imported == null) {
      throw new AssertionError("nothing was read");
    }
    return imported;
  }

  @Test
  void classesWereSeen() {
    assertTrue(
        house().size() > 200, "only " + house().size() + " classes: can ArchUnit read them?");
    assertTrue(house().contain("dev.skald.server.Main"));
  }

  @Test
  void onlyTheClockAsksForTime() {
    noClasses()
        .that(not(resideInAPackage("dev.skald.clock..")))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(house());
  }

  @Test
  void onlyThePortsMakeThreadsAndRandomness() {
    noClasses()
        .that(not(resideInAPackage("dev.skald.threads..")))
        .should()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "ofPlatform")
        .orShould()
        .callConstructor(Thread.class, Runnable.class)
        .check(house());
    noClasses()
        .that(not(resideInAPackage("dev.skald.random..")))
        .should()
        .callConstructor(java.util.Random.class)
        .orShould()
        .callConstructor(java.security.SecureRandom.class)
        .check(house());
  }

  @Test
  void storageTouchesFilesThroughTheDiskAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.skald.storage..", "dev.skald.ingest..", "dev.skald.query..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.nio.file.Files.class, java.io.File.class)
        .check(house());
  }

  /** Rule files that others write are not ours: no promise of the disk holds for them. */
  @Test
  void rulesOfOurOwnTouchFilesThroughTheDiskAlone() {
    noClasses()
        .that(
            resideInAPackage("dev.skald.ruler..")
                .and(not(nameStartingWith("dev.skald.ruler.store.LocalRule"))))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.nio.file.Files.class, java.io.File.class)
        .check(house());
  }

  @Test
  void onlyGrepUsesTheVectorModule() {
    noClasses()
        .that(not(resideInAPackage("dev.skald.grep..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(house());
  }

  /** What a user wrote is matched in linear time; the JDK's engine is not that, so it is used nowhere. */
  @Test
  void nobodyUsesTheJdksRegularExpressions() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.regex..").check(house());
  }

  @Test
  void nobodyPrintsButThePrograms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.skald.server..", "dev.skald.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace", PrintStream.class)
        .check(house());
  }

  @Test
  void namesSayWhatAClassDoes() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*(Util|Utils|Manager|Helper|Impl|Common|Base|Processor)(\\$.*)?$|.*\\.Abstract.*")
        .check(house());
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.skald.(**)").should().beFreeOfCycles().check(house());
  }

  @Test
  void enginesDoNotKnowEachOther() {
    classes()
        .that()
        .resideInAPackage("dev.skald.logql..")
        .should()
        .onlyDependOnClassesThat(
            not(
                resideInAPackage("dev.skald.storage..")
                    .or(resideInAPackage("dev.skald.protocol.."))))
        .check(house());
    classes()
        .that()
        .resideInAPackage("dev.skald.storage..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.skald.logql..").or(resideInAPackage("dev.skald.protocol.."))))
        .check(house());
  }

  @Test
  void servicesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.skald.ruler..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.skald.ingest..", "dev.skald.storage..", "dev.skald.server..")
        .check(house());
    noClasses()
        .that()
        .resideInAnyPackage("dev.skald.query..", "dev.skald.ingest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.skald.ruler..", "dev.skald.server..")
        .check(house());
  }
}
