-- Who is in which team of a trust. A team is there while it has a member.
CREATE TABLE IF NOT EXISTS team_member (
    org_id     BIGINT      NOT NULL,
    team       VARCHAR(60) NOT NULL,
    user_id    BIGINT      NOT NULL,
    active     TINYINT     NOT NULL,
    changed_at BIGINT      NOT NULL COMMENT 'instant',
    PRIMARY KEY (org_id, team, user_id),
    KEY team_of_user (user_id, active),
    CONSTRAINT team_member_org FOREIGN KEY (org_id) REFERENCES org (org_id),
    CONSTRAINT team_member_user FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
