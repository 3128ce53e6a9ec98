declare module 's3rver' {
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      vhostBuckets: boolean;
      configureBuckets: { name: string; configs: string[] }[];
    });
    readonly store: {
      listObjects(
        bucket: string,
        options: { prefix: string; maxKeys: number; startAfter: string },
      ): Promise<{
        objects: { key: string; size: number; lastModifiedDate: Date }[];
        isTruncated: boolean;
      }>;
    };
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
