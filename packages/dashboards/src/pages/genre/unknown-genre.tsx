import { href, PageFrame } from '@matinee/site/browser';

/** In the place of a genre that nobody has rated. */
export function UnknownGenre({ genre }: { readonly genre: string }) {
  return (
    <PageFrame title={genre || 'Genres'} description={genre && `No rated movie is of the genre ${genre}.`}>
      <p>
        <a href={href('audience')}>To all genres</a>
      </p>
    </PageFrame>
  );
}
