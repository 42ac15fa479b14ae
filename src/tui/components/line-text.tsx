import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { type Line, lineText } from '../draw/line.ts';
import { styleOf } from '../draw/theme.ts';

type Props = { readonly line: Line; readonly hasColor: boolean };

/** One line of the frame. An empty one still takes its row. */
export const LineText = memo(function LineText({ line, hasColor }: Props): ReactElement {
  if (lineText(line) === '') return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {line.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- spans have no identity but their place
        <Text key={index} inverse={part.isInverse === true} {...styleOf(part.tone, hasColor)}>
          {part.text}
        </Text>
      ))}
    </Text>
  );
}, isSame);

function isSame(before: Props, after: Props): boolean {
  return (
    before.hasColor === after.hasColor &&
    before.line.length === after.line.length &&
    before.line.every((part, index) => {
      const other = after.line[index];
      return part.text === other?.text && part.tone === other.tone && part.isInverse === other.isInverse;
    })
  );
}
