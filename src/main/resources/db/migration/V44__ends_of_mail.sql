-- Mail that was not sent because nobody has confirmed its address, and mail whose job was taken back.
alter table mails drop constraint mails_status_check;
alter table mails add constraint mails_status_check
    check (status in ('waiting', 'sending', 'sent', 'kept', 'refused', 'held', 'not-wanted',
                      'unconfirmed', 'broken-off', 'bounced', 'complained'));
