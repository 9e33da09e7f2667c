create transient table "RAW"."LINKS__CANDIDATE" ("USERID" number(38, 0), "MOVIEID" number(38, 0), "RATING" double, "TIMESTAMP" timestamp_ntz(6), "_FILE" varchar, "_LOAD" varchar);

create or replace temporary table "RAW"."MATINEE_REPEATS" as
select "USERID", "MOVIEID", "RATING", "TIMESTAMP", cast("_FILE" as varchar) as "_FILE", cast("_LOAD" as varchar) as "_LOAD"
from "RAW"."LINKS__CANDIDATE"
where ("USERID", "MOVIEID") in (select "USERID", "MOVIEID" from "RAW"."LINKS__CANDIDATE" group by "USERID", "MOVIEID" having count(*) > 1);

create or replace temporary table "RAW"."MATINEE_CONFLICTS" as
select "_FILE", "USERID", "MOVIEID"
from (select distinct "_FILE", "USERID", "MOVIEID", "RATING", "TIMESTAMP" from "RAW"."MATINEE_REPEATS") as variants
group by "_FILE", "USERID", "MOVIEID"
having count(*) > 1;

create or replace temporary table "RAW"."MATINEE_VERDICTS" as
select "USERID", "MOVIEID", "RATING", "TIMESTAMP", "_FILE", "_LOAD", 'conflict' as verdict, false as is_hidden
from "RAW"."MATINEE_REPEATS"
where ("_FILE", "USERID", "MOVIEID") in (select "_FILE", "USERID", "MOVIEID" from "RAW"."MATINEE_CONFLICTS")
union all
select "USERID", "MOVIEID", "RATING", "TIMESTAMP", "_FILE", "_LOAD",
  case when place = 1 then 'kept' when "RATING" is not distinct from winner_0 and "TIMESTAMP" is not distinct from winner_1 then 'repeated' else 'overruled' end,
  "_FILE" <> winning_file
from (
  select "USERID", "MOVIEID", "RATING", "TIMESTAMP", "_FILE", "_LOAD",
    row_number() over (partition by "USERID", "MOVIEID" order by "_FILE" desc) as place,
    first_value("_FILE") over (partition by "USERID", "MOVIEID" order by "_FILE" desc) as winning_file,
    first_value("RATING") over (partition by "USERID", "MOVIEID" order by "_FILE" desc) as winner_0,
    first_value("TIMESTAMP") over (partition by "USERID", "MOVIEID" order by "_FILE" desc) as winner_1
  from "RAW"."MATINEE_REPEATS"
  where ("_FILE", "USERID", "MOVIEID") not in (select "_FILE", "USERID", "MOVIEID" from "RAW"."MATINEE_CONFLICTS")
) as ranked;

delete from "RAW"."LINKS__CANDIDATE" where ("USERID", "MOVIEID") in (select "USERID", "MOVIEID" from "RAW"."MATINEE_REPEATS");

insert into "RAW"."LINKS__CANDIDATE" ("USERID", "MOVIEID", "RATING", "TIMESTAMP", "_FILE", "_LOAD")
select "USERID", "MOVIEID", "RATING", "TIMESTAMP", cast("_FILE" as varchar), cast("_LOAD" as varchar)
from "RAW"."MATINEE_VERDICTS" where verdict = 'kept';
