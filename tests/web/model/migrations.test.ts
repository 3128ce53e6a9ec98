import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Migration, migrate, migrations, SchemaVersionError } from '../../../web/src/model/migrations';
import { documentOf, emptyRecords, Project } from '../../../web/src/model/project';
import { schemaVersion } from '../../../web/src/model/types';

const records = emptyRecords({ id: 'p', name: 'Song', engineVersion: '1' });
const ofVersion = (version: unknown) => ({ ...records, meta: { ...records.meta, schemaVersion: version } });

describe('migrations', () => {
  test('there is one for each step to the schema of today', () => {
    expect(migrations).toHaveLength(schemaVersion - 1);
  });

  test('records go through every step from theirs to the newest, in order', () => {
    const steps: Migration[] = [
      (from) => ({ ...from, meta: { ...from.meta, trail: '1' } }),
      (from) => ({ ...from, meta: { ...from.meta, trail: `${from.meta.trail ?? ''}2` } }),
      (from) => ({ ...from, master: { ...from.master, trail: from.meta.trail } }),
    ];
    expect(migrate(ofVersion(1), 4, steps)).toMatchObject({
      meta: { schemaVersion: 4, trail: '12' },
      master: { trail: '12' },
    });
    expect(migrate(ofVersion(2), 4, steps).master).toEqual({ trail: '2' });
    expect(migrate(ofVersion(4), 4, steps)).toEqual(ofVersion(4));
  });

  test('the records given stay as they were', () => {
    const old = ofVersion(1);
    const copy = structuredClone(old);
    migrate(old, 2, [(from) => ({ ...from, meta: { ...from.meta, name: 'New' } })]);
    expect(old).toEqual(copy);
  });

  test('a newer version is refused in words that help', () => {
    expect(() => migrate(ofVersion(7))).toThrow(SchemaVersionError);
    expect(() => migrate(ofVersion(7))).toThrow(
      'This project was made by a newer Mixwell (its format is 7, this one reads up to 4). Reload the page to get the newest, then open it again.',
    );
    const doc = new Y.Doc();
    doc.getMap('meta').set('schemaVersion', 7);
    expect(() => new Project(doc)).toThrow(SchemaVersionError);
    expect(doc.getMap('meta').toJSON()).toEqual({ schemaVersion: 7 });
    expect(() => documentOf(ofVersion(7))).toThrow(SchemaVersionError);
  });

  test.each([undefined, null, '1', 0, -1, 1.5, Number.NaN, {}])('%s is no version', (version) => {
    expect(() => migrate(ofVersion(version))).toThrow('does not say which version');
  });

  test('an empty document is no project', () => {
    expect(() => new Project(new Y.Doc())).toThrow(SchemaVersionError);
  });
});
