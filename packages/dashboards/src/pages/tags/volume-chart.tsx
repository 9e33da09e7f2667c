import { Chart, href, ink, someOf } from '@matinee/site/browser';
import type { Tag } from '../../numbers/tags.js';
import { tagText } from './tag-text.js';

interface VolumeChartProps {
  readonly tags: readonly Tag[];
  readonly onSelect: (tag: string) => void;
}

/** So many tags fit into the chart; its table has all. */
const SHOWN = 40;

/** How many ratings the movies of each tag have: a tree map, darker with a higher average. */
export function VolumeChart({ tags, onSelect }: VolumeChartProps) {
  return (
    <Chart
      title="Tag volume"
      description={`Ratings on the tag’s movies; the stronger the colour, the higher their average. Up to ${SHOWN}; the table has all.`}
      span={6}
      height={380}
      inputs={[tags]}
      onSelect={({ name }) => onSelect(name)}
      option={(theme) => {
        const shown = tags.slice(0, SHOWN);
        const averages = shown.map(({ average }) => average);
        const [low, high] = [Math.min(...averages), Math.max(...averages)];
        return {
          tooltip: {},
          series: [
            {
              type: 'treemap',
              animation: false,
              roam: false,
              nodeClick: false,
              breadcrumb: { show: false },
              left: 0,
              right: 0,
              top: 0,
              bottom: 0,
              data: shown.map((tag) => {
                const { color, text } = ink(
                  theme,
                  high === low ? 0.6 : 0.2 + (0.8 * (tag.average - low)) / (high - low),
                );
                return {
                  name: tag.tag,
                  value: tag.ratings,
                  itemStyle: { color },
                  label: { color: text },
                };
              }),
              itemStyle: { borderColor: theme.surface, borderWidth: 1, gapWidth: 1, borderRadius: 4 },
              tooltip: {
                formatter: ({ name, value }: { name: string; value: unknown }) => {
                  const tag = shown.find((one) => one.tag === name && one.ratings === value);
                  return tag ? tagText(tag) : '';
                },
              },
              label: { show: true, fontSize: 11, lineHeight: 13, padding: 2, overflow: 'break' },
            },
          ],
        };
      }}
      table={() => ({
        columns: [
          { label: 'Tag', format: 'text' },
          { label: 'Ratings', format: 'integer' },
          { label: 'Average rating', format: 'decimal' },
        ],
        rows: tags.map(({ tag, ratings, average }) => [tag, ratings, average]),
        link: ([tag]) => href('tags', { tags: someOf.format([String(tag)]) ?? '' }),
      })}
    />
  );
}
