-- The same tables by hand: what DuckDB can do at most, with no engine around it. No tests, no candidates, no ledger.
-- `:folder` stands for the folder of the data, in the GroupLens shape.

create schema raw;
create schema staging;
create schema audience;
create schema content;
create schema recommendation;
create schema snapshots;

create table raw.raw_ratings as
select userId, movieId, rating, make_timestamp(timestamp * 1000000) as timestamp,
  'ratings.csv'::enum ('ratings.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/ratings.csv', header = true, auto_detect = false,
  columns = {userId: 'bigint', movieId: 'bigint', rating: 'double', timestamp: 'bigint'});

create table raw.raw_tags as
select userId, movieId, tag, make_timestamp(timestamp * 1000000) as timestamp,
  'tags.csv'::enum ('tags.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/tags.csv', header = true, auto_detect = false, quote = '"', escape = '"',
  columns = {userId: 'bigint', movieId: 'bigint', tag: 'varchar', timestamp: 'bigint'});

create table raw.raw_movies as
select *, 'movies.csv'::enum ('movies.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/movies.csv', header = true, auto_detect = false, quote = '"', escape = '"',
  columns = {movieId: 'bigint', title: 'varchar', genres: 'varchar'});

create table raw.raw_links as
select movieId, lpad(imdbId, greatest(7, length(imdbId))::int, '0') as imdbId, tmdbId,
  'links.csv'::enum ('links.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/links.csv', header = true, auto_detect = false,
  columns = {movieId: 'bigint', imdbId: 'varchar', tmdbId: 'bigint'});

create table raw.raw_genome_scores as
select *, 'genome-scores.csv'::enum ('genome-scores.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/genome-scores.csv', header = true, auto_detect = false,
  columns = {movieId: 'bigint', tagId: 'bigint', relevance: 'double'});

create table raw.raw_genome_tags as
select *, 'genome-tags.csv'::enum ('genome-tags.csv') as _file, 'load'::enum ('load') as _load
from read_csv(':folder/genome-tags.csv', header = true, auto_detect = false, quote = '"', escape = '"',
  columns = {tagId: 'bigint', tag: 'varchar'});

create view staging.src_tags as
select userId as user_id, movieId as movie_id, tag, timestamp as tag_timestamp from raw.raw_tags;
create view staging.src_movies as
select movieId as movie_id, title, genres from raw.raw_movies;
create view staging.src_links as
select movieId as movie_id, imdbId as imdb_id, tmdbId as tmdb_id from raw.raw_links;
create view staging.src_genome_scores as
select movieId as movie_id, tagId as tag_id, relevance from raw.raw_genome_scores;
create view staging.src_genome_tags as
select tagId as tag_id, tag from raw.raw_genome_tags;

create table staging.src_ratings as
select userId as user_id, movieId as movie_id, rating, timestamp as rating_timestamp from raw.raw_ratings;

create table audience.int_movie_genres as
with named as (
  select distinct movie_id, trim(genre) as genre_name
  from (select movie_id, unnest(string_split(genres, '|')) as genre from staging.src_movies)
  where trim(genre) <> ''
)
from named
union all
select movie_id, '(no genres listed)' from staging.src_movies where movie_id not in (select movie_id from named);

create table audience.int_movie_genres_concat as
select movie_id, string_agg(genre_name, ', ' order by genre_name) as genres_string
from audience.int_movie_genres
group by movie_id;

create table audience.int_user_profiles as
with users as (
  select user_id, count(*) as total_ratings, avg(rating) as overall_avg_rating
  from staging.src_ratings
  group by user_id
),
ranked as (
  select *, percent_rank() over (order by total_ratings) as p from users
)
select user_id, total_ratings, overall_avg_rating,
  (case when p >= 0.95 then 'Super-High-Engagement' when p >= 0.66 then 'High-Engagement'
    when p >= 0.33 then 'Medium-Engagement' else 'Low-Engagement' end
  )::enum ('Low-Engagement', 'Medium-Engagement', 'High-Engagement', 'Super-High-Engagement') as engagement_level
from ranked;

create table audience.int_user_daily_ratings as
select user_id, rating_timestamp::date as rating_date, count(*) as daily_ratings_count, avg(rating) as daily_avg_rating
from staging.src_ratings
group by all;

create table audience.fct_user_behaviour_genres as
with genres as (
  select movie_id, genre_name,
    cast(cast('0x' || substr(md5(genre_name), 17) as ubigint) & 9223372036854775807 as bigint) as genre_key
  from audience.int_movie_genres
),
ratings as (
  select *, (user_id << 32) | movie_id as rating_key,
    year(rating_timestamp) as rated_year, month(rating_timestamp) as rated_month,
    day(rating_timestamp) as rated_day_of_month, isodow(rating_timestamp) % 7 + 1 as rated_day_of_week
  from staging.src_ratings
)
select xor(rating_key, genre_key & 4294967295) as rating_id, user_id, movie_id, rating, genre_name, rating_timestamp,
  engagement_level, total_ratings as user_total_ratings, overall_avg_rating as user_overall_avg_rating,
  rated_year, rated_month, rated_day_of_month, rated_day_of_week
from ratings
join audience.int_user_profiles using (user_id)
join genres using (movie_id);

create table audience.fct_user_behaviour_genres_concat as
select (user_id << 32) | movie_id as rating_id, user_id, movie_id, rating, genres_string, rating_timestamp,
  engagement_level, total_ratings as user_total_ratings, overall_avg_rating as user_overall_avg_rating,
  year(rating_timestamp) as rated_year, month(rating_timestamp) as rated_month,
  day(rating_timestamp) as rated_day_of_month, isodow(rating_timestamp) % 7 + 1 as rated_day_of_week
from staging.src_ratings
join audience.int_user_profiles using (user_id)
join audience.int_movie_genres_concat using (movie_id);

create table content.int_movie_rating_stats as
select movie_id, count(*) as rating_count, count(*) as unique_raters, avg(rating) as avg_rating
from staging.src_ratings
group by movie_id;

create table content.int_movie_tag_relevance as
select movie_id, tag_id, tag, relevance
from staging.src_genome_scores
join staging.src_genome_tags using (tag_id);

create table content.int_movie_top_tags as
from content.int_movie_tag_relevance
qualify row_number() over (partition by movie_id order by relevance desc, tag_id) <= 10;

create table content.int_tag_movie_link as
select top_tags.*
from content.int_movie_top_tags as top_tags
join content.int_movie_rating_stats using (movie_id)
where rating_count >= 20;

create table content.dim_movie_tag_profile as
select movie_id, any_value(title) as title, string_agg(tag, ', ' order by relevance desc, tag_id) as top_tags_list
from content.int_tag_movie_link
join staging.src_movies using (movie_id)
group by movie_id;

create table content.fct_tag_performance as
select tag_id, tag, count(*) as movies_with_tag, sum(rating_count)::bigint as total_ratings_on_tagged_movies,
  sum(avg_rating * rating_count) / nullif(sum(rating_count), 0) as weighted_avg_rating
from content.int_tag_movie_link
join content.int_movie_rating_stats using (movie_id)
group by tag_id, tag
having count(*) >= 50;

create table recommendation.recommendation_categories as
from (values ('evergreen', 100::bigint, 3.5::double, 3::bigint), ('rising_star', 20, 4.0, 2), ('fading', 100, 2.5, 1))
  as categories (category, min_ratings, avg_rating_threshold, priority);

create table recommendation.int_movie_recommendation as
select movie_id, rating_count, avg_rating,
  category::enum ('evergreen', 'rising_star', 'fading') as recommendation_category
from content.int_movie_rating_stats
join recommendation.recommendation_categories on rating_count >= min_ratings and avg_rating >= avg_rating_threshold
qualify row_number() over (partition by movie_id order by priority desc, category) = 1;

create table recommendation.fct_movie_recommendations as
select movie_id, title, genres_string, rating_count, avg_rating, recommendation_category
from recommendation.int_movie_recommendation
join staging.src_movies using (movie_id)
join audience.int_movie_genres_concat using (movie_id);

create table snapshots.movie_recommendations_snapshot as
select movie_id, recommendation_category, md5(movie_id || '|' || current_localtimestamp()) as scd_id,
  current_localtimestamp()::timestamp as updated_at, current_localtimestamp()::timestamp as valid_from,
  null::timestamp as valid_to
from recommendation.fct_movie_recommendations;
