-- Why a link holds is told anew when somebody asks.

ALTER TABLE link DROP COLUMN reasons;
