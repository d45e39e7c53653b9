-- Who of the scheme's staff is in which team of claims handlers. A team is there while it has a member.
CREATE TABLE IF NOT EXISTS claim_team (
    team       VARCHAR(60) NOT NULL,
    user_id    BIGINT      NOT NULL,
    active     TINYINT     NOT NULL,
    changed_at BIGINT      NOT NULL COMMENT 'instant',
    PRIMARY KEY (team, user_id),
    KEY claim_team_of_user (user_id, active),
    CONSTRAINT claim_team_user FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
