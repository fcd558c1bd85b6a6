package org.stoa.catalog.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.catalog.Courses;
import org.stoa.catalog.Releases;
import org.stoa.catalog.facts.CourseFacts;
import org.stoa.catalog.facts.Facts;
import org.stoa.catalog.studio.Outlines;
import org.stoa.identity.People;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** A school where several teach one course. */
@StoaTest
class CoursePeopleTest {
    private static final String PASSWORD = Visitor.PASSWORD;

    @LocalServerPort private int port;

    private final CoursePeople staff;
    private final CourseStaff rights;
    private final CourseFacts facts;
    private final Outlines outlines;
    private final Courses courses;
    private final Releases releases;
    private final People people;
    private final Organizations organizations;
    private final ServiceDatabase service;
    private Organization school;
    private Caller lena;
    private Caller ada;
    private String course;

    @Autowired
    CoursePeopleTest(
            CoursePeople staff,
            CourseStaff rights,
            CourseFacts facts,
            Outlines outlines,
            Courses courses,
            Releases releases,
            People people,
            Organizations organizations,
            ServiceDatabase service) {
        this.staff = staff;
        this.rights = rights;
        this.facts = facts;
        this.outlines = outlines;
        this.courses = courses;
        this.releases = releases;
        this.people = people;
        this.organizations = organizations;
        this.service = service;
    }

    @BeforeEach
    void aCourseWithItsLead() throws Exception {
        var subdomain = new Visitor(port).found("Halden").text("subdomain");
        school = organizations.bySubdomain(subdomain).orElseThrow();
        lena = member("Lena", Role.TEACHER);
        ada = member("Ada", Role.ADMIN);
        course = lena.call(() -> outlines.begin("Knots"));
    }

    @Test
    void whoBeginsACourseLeadsItAndNamesTheOthers() throws Exception {
        var sam = member("Sam", Role.TEACHER);
        assertThat(sam.call(() -> rights.standing(course))).isEmpty();
        lena.run(() -> staff.add(course, email(sam), CourseRole.REVIEWER));
        assertThat(sam.call(() -> rights.standing(course))).contains(CourseStanding.REVIEWER);
        assertThat(sam.call(() -> rights.may(CourseRight.EDIT, course))).isFalse();
        assertThatThrownBy(
                        () -> sam.run(() -> staff.change(course, sam.personId(), CourseRole.LEAD)))
                .isInstanceOf(Problem.Forbidden.class);
        lena.run(() -> staff.change(course, sam.personId(), CourseRole.ASSISTANT));
        assertThat(sam.call(() -> rights.may(CourseRight.EDIT, course))).isTrue();
        assertThatThrownBy(() -> sam.call(() -> releases.publish(course, "")))
                .isInstanceOf(Problem.Forbidden.class);
        lena.run(() -> staff.remove(course, sam.personId()));
        assertThat(sam.call(() -> rights.standing(course))).isEmpty();
    }

    @Test
    void theLastLeadStays() throws Exception {
        for (Caller caller : List.of(lena, ada)) {
            assertThatThrownBy(() -> caller.run(() -> staff.remove(course, lena.personId())))
                    .isInstanceOf(Problem.Conflict.class);
            assertThatThrownBy(() ->
                            caller.run(() ->
                                    staff.change(course, lena.personId(), CourseRole.REVIEWER)))
                    .isInstanceOf(Problem.Conflict.class);
        }
        var sam = member("Sam", Role.TEACHER);
        lena.run(() -> staff.add(course, email(sam), CourseRole.LEAD));
        suspend(sam);
        assertThatThrownBy(() -> lena.run(() -> staff.remove(course, lena.personId())))
                .as("a lead who may not enter does not lead")
                .isInstanceOf(Problem.Conflict.class);
    }

    @Test
    void aLeadAddsWhoTeachesAndAnAdministratorMakesATeacher() throws Exception {
        var sue = member("Sue", Role.STUDENT);
        assertThatThrownBy(
                        () -> lena.run(() -> staff.add(course, email(sue), CourseRole.ASSISTANT)))
                .isInstanceOf(Problem.Invalid.class);
        assertThatThrownBy(() ->
                        lena.run(() ->
                                staff.add(course, "nobody@example.org", CourseRole.ASSISTANT)))
                .isInstanceOf(Problem.Invalid.class);
        ada.run(() -> staff.add(course, email(sue), CourseRole.ASSISTANT));
        var teacher = Caller.member(school, sue.personId(), "Sue", Role.TEACHER);
        assertThat(teacher.call(() -> rights.may(CourseRight.EDIT, course))).isTrue();
        assertThat(role(sue)).isEqualTo("teacher");
    }

    @Test
    void aCourseThatNobodyLeadsIsEveryTeachersUntilAnAdministratorNamesALead() throws Exception {
        service.sql("delete from course_staff where teacher_id = :lead")
                .param("lead", lena.personId())
                .update();
        var sam = member("Sam", Role.TEACHER);
        assertThat(sam.call(() -> rights.standing(course))).contains(CourseStanding.SCHOOL);
        assertThat(sam.call(() -> rights.may(CourseRight.LEAD, course))).isTrue();
        assertThatThrownBy(() -> sam.run(() -> staff.add(course, email(sam), CourseRole.LEAD)))
                .isInstanceOf(Problem.Forbidden.class);
        assertThatThrownBy(() -> ada.run(() -> staff.add(course, email(sam), CourseRole.REVIEWER)))
                .isInstanceOf(Problem.Conflict.class);
        ada.run(() -> staff.add(course, email(sam), CourseRole.LEAD));
        assertThat(lena.call(() -> rights.standing(course))).isEmpty();
    }

    @Test
    void aLinkOfAnAdministratorMakesATeacherOfTheCourseAndALeadsOnlyAsksTeachers()
            throws Exception {
        var made = ada.call(() -> staff.invite(course, "", CourseRole.ASSISTANT, 14));
        var page = new Visitor(port).open(school.subdomain(), made.path());
        assertThat(page.body()).contains("to teach “Knots”");
        var email = UUID.randomUUID() + "@example.org";
        var form = Map.of("name", "Nina", "email", email, "password", PASSWORD);
        assertThat(new Visitor(port).submit(school.subdomain(), made.path(), form).status())
                .isEqualTo(200);
        var nina = people.find(email).orElseThrow();
        assertThat(ada.call(() -> staff.of(course)).teachers())
                .anyMatch(it -> it.id().equals(nina.id()) && it.role() == CourseRole.ASSISTANT);

        var leads = lena.call(() -> staff.invite(course, "", CourseRole.REVIEWER, 14));
        var other = UUID.randomUUID() + "@example.org";
        var refused =
                new Visitor(port)
                        .submit(
                                school.subdomain(),
                                leads.path(),
                                Map.of("name", "Otto", "email", other, "password", PASSWORD));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(people.find(other)).isEmpty();
        lena.run(() -> staff.revoke(course, leads.id()));
        assertThat(new Visitor(port).open(school.subdomain(), leads.path()).status())
                .isEqualTo(404);
    }

    @Test
    void whatACourseSaysOfItselfIsPublishedWithThoseWhoTeachIt() throws Exception {
        var module = lena.call(() -> outlines.addModule(course, "Loops"));
        lena.call(() -> outlines.addLesson(course, module, "Bowline"));
        lena.run(() ->
                facts.write(
                        course,
                        new Facts(
                                "Knots and ropes",
                                "How ropes hold.",
                                List.of("Tie a bowline", " ", "Tie a bowline"),
                                "Whoever goes to sea.",
                                "First course",
                                "en",
                                "Sailing",
                                List.of("rope", ""))));
        var sam = member("Sam", Role.TEACHER);
        lena.run(() -> staff.add(course, email(sam), CourseRole.ASSISTANT));
        lena.call(() -> releases.publish(course, ""));
        var page = new Visitor(port).open(school.subdomain(), "/courses/" + course);
        assertThat(page.body())
                .contains("Knots and ropes", "Whoever goes to sea.", "Lena", "First course")
                .doesNotContain("Sam");
        var document = lena.call(() -> releases.current(course)).orElseThrow().document();
        assertThat(document.outcomes()).containsExactly("Tie a bowline");
        assertThat(document.teachers()).containsExactly("Lena");
        assertThat(ada.call(() -> facts.rename("Sailing", "At sea"))).isEqualTo(1);
        assertThat(lena.call(() -> courses.draft(course)).orElseThrow().category())
                .isEqualTo("At sea");
        assertThatThrownBy(() ->
                        lena.run(() ->
                                facts.write(
                                        course,
                                        new Facts(
                                                "x".repeat(10_000),
                                                "a\u0000b",
                                                List.of(),
                                                "",
                                                "",
                                                "no tag",
                                                "",
                                                List.of()))))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        wrong ->
                                assertThat(wrong.errors())
                                        .extracting(Problem.FieldError::field)
                                        .containsExactly("title", "summary", "language"));
    }

    private Caller member(String name, Role role) {
        var email = UUID.randomUUID() + "@example.org";
        var person = people.add(school, new People.NewMember(name, email, null, role));
        return Caller.member(school, person.id(), name, role);
    }

    private String email(Caller caller) {
        return service.sql("select email from users where id = :id")
                .param("id", caller.personId())
                .query(String.class)
                .single();
    }

    private String role(Caller caller) {
        return service.sql("select role from organization_memberships where user_id = :id")
                .param("id", caller.personId())
                .query(String.class)
                .single();
    }

    private void suspend(Caller caller) {
        service.sql("update organization_memberships set status = 'suspended' where user_id = :id")
                .param("id", caller.personId())
                .update();
    }
}
