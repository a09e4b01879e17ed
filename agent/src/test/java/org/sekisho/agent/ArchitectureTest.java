package org.sekisho.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house's direction of dependencies. */
@AnalyzeClasses(packages = "org.sekisho.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_OS_ROOMS_DECLARE_NATIVE_CALLS = noClasses()
            .that()
            .resideOutsideOfPackage("org.sekisho.agent.os..")
            .should()
            .beAssignableTo("com.sun.jna.Library")
            .orShould()
            .callMethod(com.sun.jna.Native.class, "register", Class.class, String.class)
            .because("only os.linux and os.windows hold JNA declarations");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_WIRING = noClasses()
            .that()
            .resideOutsideOfPackage("org.sekisho.agent")
            .should()
            .dependOnClassesThat(resideInAPackage("org.sekisho.agent"))
            .because("only the top package knows all rooms, and no room calls back up");

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES = slices().matching(
                    "org.sekisho.agent.(uplink|policy|journal|content|secret|schedule|text|posture|service)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_UPLINK_KNOWS_NO_CHANNEL = noClasses()
            .that()
            .resideInAPackage("..uplink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..channel..", "..policy..", "..journal..", "..desktop..", "..local..");

    @ArchTest
    static final ArchRule NATIVE_ROOMS_KNOW_NOTHING_ELSE = classes()
            .that()
            .resideInAPackage("org.sekisho.agent.os..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.sekisho.agent.os..", "com.sun.jna..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule CHANNELS_DECIDE_NOTHING = noClasses()
            .that()
            .resideInAPackage("..channel..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.sekisho.policy.PolicyDecider");
}
