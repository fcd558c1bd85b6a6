-- The application's role hands jobs in and never reads them: their data is of every school.
revoke select on scheduled_tasks from stoa_app;
