package org.sekisho.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages know each other in one direction only. */
@AnalyzeClasses(packages = "org.sekisho.control", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {
    @ArchTest
    static final ArchRule NO_FEATURE_LEADS_BACK =
            slices().matching("org.sekisho.control.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_GROUND_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAnyPackage("..control.rest..", "..control.store..", "..control.pki..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..control.event..",
                    "..control.terminal..",
                    "..control.incident..",
                    "..control.policy..",
                    "..control.identity..",
                    "..control.boot..");

    @ArchTest
    static final ArchRule INCIDENTS_DO_NOT_KNOW_TERMINALS = noClasses()
            .that()
            .resideInAPackage("..control.incident..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..control.terminal..", "..control.policy..", "..control.event.ingest..");

    @ArchTest
    static final ArchRule ONLY_THE_LINK_SPEAKS_GRPC = noClasses()
            .that()
            .resideOutsideOfPackage("..control.terminal.link..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule BOOT_STANDS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..control.boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..control.boot..");
}
