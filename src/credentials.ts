/** The secrets of a user with the header value made of them. */
export interface Credentials {
  readonly userSecret: string;
  readonly organizationSecret: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
}
