create table "raw"."links__candidate" ("userId" bigint, "movieId" bigint, "rating" double, "timestamp" timestamp, "_file" enum ('ratings.csv', 'ratings/2020.csv'), "_load" enum ('load-1'));

create or replace temporary table temp."matinee_repeats" as
select "userId", "movieId", "rating", "timestamp", cast("_file" as varchar) as "_file", cast("_load" as varchar) as "_load"
from "raw"."links__candidate"
where ("userId", "movieId") in (select "userId", "movieId" from "raw"."links__candidate" group by "userId", "movieId" having count(*) > 1);

create or replace temporary table temp."matinee_conflicts" as
select "_file", "userId", "movieId"
from (select distinct "_file", "userId", "movieId", "rating", "timestamp" from temp."matinee_repeats") as variants
group by "_file", "userId", "movieId"
having count(*) > 1;

create or replace temporary table temp."matinee_verdicts" as
select "userId", "movieId", "rating", "timestamp", "_file", "_load", 'conflict' as verdict, false as is_hidden
from temp."matinee_repeats"
where ("_file", "userId", "movieId") in (select "_file", "userId", "movieId" from temp."matinee_conflicts")
union all
select "userId", "movieId", "rating", "timestamp", "_file", "_load",
  case when place = 1 then 'kept' when "rating" is not distinct from winner_0 and "timestamp" is not distinct from winner_1 then 'repeated' else 'overruled' end,
  "_file" <> winning_file
from (
  select "userId", "movieId", "rating", "timestamp", "_file", "_load",
    row_number() over (partition by "userId", "movieId" order by "_file" desc) as place,
    first_value("_file") over (partition by "userId", "movieId" order by "_file" desc) as winning_file,
    first_value("rating") over (partition by "userId", "movieId" order by "_file" desc) as winner_0,
    first_value("timestamp") over (partition by "userId", "movieId" order by "_file" desc) as winner_1
  from temp."matinee_repeats"
  where ("_file", "userId", "movieId") not in (select "_file", "userId", "movieId" from temp."matinee_conflicts")
) as ranked;

delete from "raw"."links__candidate" where ("userId", "movieId") in (select "userId", "movieId" from temp."matinee_repeats");

insert into "raw"."links__candidate" ("userId", "movieId", "rating", "timestamp", "_file", "_load")
select "userId", "movieId", "rating", "timestamp", cast("_file" as varchar), cast("_load" as varchar)
from temp."matinee_verdicts" where verdict = 'kept';
