-- Who learns in a course -----------------------------------------------------------------------------

-- With the learner in it. A check of a foreign key may be planned with this index as well as with the
-- unique one while the table is thought to be small; without the learner it read the course's whole
-- list for each of its rows, which made bringing in a course's ten thousand learners take a minute.
create index enrollments_course_learner on enrollments (organization_id, course_id, user_id);
drop index enrollments_course;
