-- What a learner's page reads, it reads by key: a handful of rows of each table. There a comparison
-- within a subquery, evaluated once, costs more to set up than to repeat, and as the condition of an
-- index it is not repeated at all. See docs/adr/0010.
alter policy read_courses on courses
    using (organization_id = current_organization());
alter policy read_seats on course_seats
    using (organization_id = current_organization());
alter policy read_own_or_staff on enrollments
    using (organization_id = current_organization() and (user_id = current_person() or is_staff()));
alter policy read_own_or_staff on access_grants
    using (organization_id = current_organization() and (user_id = current_person() or is_staff()));
alter policy read_own_or_staff on lesson_progress
    using (organization_id = current_organization() and (user_id = current_person() or is_staff()));
