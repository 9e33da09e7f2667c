import {
  Card,
  counted,
  DataTable,
  DateRange,
  Grid,
  href,
  navigate,
  PageFrame,
  type PageProps,
  Select,
  type Table,
  Tile,
  Tiles,
  useMeasure,
  WithTables,
} from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import { monthOf } from '../../numbers/calendar.js';
import { type Days, daysOf } from '../../numbers/days.js';
import { genreMovies } from '../../numbers/genre-movies.js';
import { genrePlace } from '../../numbers/genre-place.js';
import { genreRatings } from '../../numbers/genre-ratings.js';
import { quotient } from '../../numbers/quotient.js';
import { ratingTotals } from '../../numbers/rating-totals.js';
import { ratingsOverTime } from '../../numbers/ratings-over-time.js';
import { starsOfGenres, starsOfRatings } from '../../numbers/stars.js';
import { MeasureTile } from '../parts/measure-tile.js';
import { RATINGS } from '../parts/models.js';
import { NoRatings } from '../parts/no-ratings.js';
import { NoRatingsInRange } from '../parts/no-ratings-in-range.js';
import { OverTimeChart } from '../parts/over-time-chart.js';
import { Provenance } from '../parts/provenance.js';
import { useDays } from '../parts/use-days.js';
import { UnknownGenre } from './unknown-genre.js';

const TABLES = ['cube_ratings', 'cube_genres', 'cube_genre_movies'] as const;

type Tables = Readonly<Record<(typeof TABLES)[number], Table>>;

export function Genre({ rest }: PageProps) {
  return (
    <WithTables of={TABLES}>
      {(tables) => {
        const all = daysOf(tables.cube_ratings);
        if (!all) return <NoRatings title={rest} />;
        const names = tables.cube_genres.texts('genre_name').values;
        if (!names.includes(rest)) return <UnknownGenre genre={rest} />;
        return <OneGenre tables={tables} all={all} genre={rest} names={names} />;
      }}
    </WithTables>
  );
}

interface OneGenreProps {
  readonly tables: Tables;
  readonly all: Days;
  readonly genre: string;
  readonly names: readonly string[];
}

function OneGenre({ tables, all, genre, names }: OneGenreProps) {
  const { filter, setFilter, days, linked } = useDays(all);
  const numbers = useMemo(() => genreNumbers(tables, genre, days), [tables, genre, days.from, days.to]);
  const { totals, share, rank, of, overTime, years, movies } = numbers;
  const [ratings, average] = [useMeasure(RATINGS, 'ratings'), useMeasure(RATINGS, 'average_rating')];
  const span = years.from >= years.to ? `in ${years.to}` : `from ${years.from} to ${years.to}`;
  const table = useMemo(
    () => ({
      columns: [
        { label: 'Movie', format: 'text' as const },
        { label: ratings.label, format: ratings.format },
        { label: average.label, format: average.format },
      ],
      rows: movies.map((movie) => [movie.title, movie.ratings, movie.average]),
    }),
    [movies],
  );
  return (
    <PageFrame
      title={genre}
      description="The ratings and the movies of one genre."
      actions={
        <a class="button" href={href('audience', linked)}>
          All genres
        </a>
      }
      filters={
        <>
          <Select
            label="Genre"
            value={genre}
            options={names.map((value) => ({ value, label: value }))}
            onChange={(next) => navigate(`genre/${next}`, linked)}
          />
          <DateRange label="Days" value={filter} first={all.from} last={all.to} onChange={setFilter} />
        </>
      }
    >
      <Tiles>
        <MeasureTile of={RATINGS} measure="ratings" value={totals.ratings} />
        <MeasureTile of={RATINGS} measure="average_rating" value={totals.average} />
        <Tile
          label="Share of all ratings"
          value={share}
          format="percent"
          hint="Ratings whose movie is of this genre."
        />
        <Tile label="Rank" value={rank} hint={`By ratings, among ${counted(of, 'genre')} of these days.`} />
      </Tiles>
      {totals.ratings === 0 ? (
        <NoRatingsInRange all={all} />
      ) : (
        <Grid>
          <OverTimeChart data={overTime} of={RATINGS} counted="ratings" averaged="average_rating" />
          <Card
            title="Most rated movies"
            description={`Their ratings ${span}, in whole years. Of the 100 movies with most ratings of all time.`}
          >
            <DataTable label={`Most rated movies of ${genre}`} data={table} search pageSize={15} />
          </Card>
        </Grid>
      )}
      <Provenance dashboard="audience" />
    </PageFrame>
  );
}

function genreNumbers(tables: Tables, genre: string, days: Days) {
  const genres = genreRatings(tables.cube_genres, days);
  const stars = starsOfGenres(tables.cube_genres).find((other) => other.genre === genre)?.stars;
  if (!stars) throw new Error(`The table ${tables.cube_genres.name} has no genre ${genre}.`);
  const totals = ratingTotals(stars, days);
  const years = { from: Math.floor(monthOf(days.from) / 12), to: Math.floor(monthOf(days.to) / 12) };
  return {
    totals,
    share: quotient(totals.ratings, ratingTotals(starsOfRatings(tables.cube_ratings), days).ratings),
    ...genrePlace(genres, genre),
    overTime: ratingsOverTime(stars, days),
    years,
    movies: genreMovies(tables.cube_genre_movies, genre, years),
  };
}
