/** Tags that fit any kind of movie: in the genome they are among the top tags of many. */
export const GENERAL_TAGS = [
  'original',
  'strong dialogue',
  'good score',
  'clever plot',
  'great ending',
  'memorable lead',
  'slow burn',
  'told in flashbacks',
] as const;

/** Tags that trip careless readers: numbers, a null lookalike, a date lookalike, commas, quotes, other letters. */
export const ODD_TAGS = [
  'NA',
  '007',
  '9/11',
  'so bad, it is good',
  '"cult" favourite',
  'null',
  'plans, lies and trains',
  'café noir',
  '1984',
  'über-stylish',
  'true',
  'a.k.a. "the long one", uncut',
  "director's cut",
  '3-D',
  'señorita',
  '1e6',
] as const;

const TRAITS =
  'bittersweet brutal campy chilling claustrophobic cosy crooked deadpan doomed dusty earnest eerie epic feverish forgotten fragile frantic gentle gritty haunted improvised ironic lavish lonely low-key lush minimalist moody nocturnal offbeat pastoral playful quiet ragged reckless restless satirical sinister stylized sun-drenched surreal tense tender theatrical unhurried wintry'.split(
    ' ',
  );
const SUBJECTS =
  'airships archives assassins bakeries beaches bicycles birdsong boxing butlers caravans carnivals castles chess clockwork codebreakers cooking dancing deserts detectives diaries divorce doppelgangers dragons exile family farms fathers fencing ferries forests friendship gambling ghosts glaciers harbours heists hospitals inheritance islands journalism jungles knights letters lighthouses lawyers magicians mathematics mothers motorways mountains museums musicians neighbours opera orphans painters pirates poets politics prisons puppets railways revenge robots rooftops school siblings smugglers spies storms submarines teachers tunnels twins vampires villages volcanoes weddings werewolves witnesses'.split(
    ' ',
  );
const ENDINGS =
  ' after dark| at sea| by candlelight| for beginners| in autumn| in black and white| in colour| in winter| of the north| on film| on stage| on the road| to rewatch| with subtitles'.split(
    '|',
  );

const COMBINATIONS = TRAITS.length * SUBJECTS.length;
/** Coprime to COMBINATIONS, so that stepping by it visits every trait and subject once, in no plain order. */
const STRIDE = 1_009;
/** The commonest tags by rank: an odd one after every five ordinary ones. */
const COMMON: readonly string[] = [...GENERAL_TAGS, ...SUBJECTS].flatMap((tag, i) => {
  const odd = i % 5 === 4 ? ODD_TAGS[Math.floor(i / 5)] : undefined;
  return odd === undefined ? [tag] : [tag, odd];
});

/** How many different tags there are. */
export const VOCABULARY_SIZE: number = COMMON.length + COMBINATIONS * (1 + ENDINGS.length);

/** The tag at a rank from 0 to VOCABULARY_SIZE - 1; the lower the rank, the shorter and commoner. */
export function tagAt(rank: number): string {
  if (rank < COMMON.length) return COMMON[rank]!;
  const place = rank - COMMON.length;
  const combination = ((place % COMBINATIONS) * STRIDE) % COMBINATIONS;
  const ending = place < COMBINATIONS ? '' : ENDINGS[Math.floor(place / COMBINATIONS) - 1]!;
  const trait = TRAITS[combination % TRAITS.length]!;
  return `${trait} ${SUBJECTS[Math.floor(combination / TRAITS.length)]!}${ending}`;
}
