// A provider of OpenID Connect with the users the test names: node provider.mjs SETTINGS, where SETTINGS is
// {"module": "…/oidc-provider/…", "accounts": {"joe": {"email": …}}}. Prints its port.
const settings = JSON.parse(process.argv[2]);
const { default: Provider } = await import(settings.module);
const { createServer } = await import("node:http");

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address();
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "usher",
      client_secret: "sekrit",
      application_type: "native",
      grant_types: ["authorization_code"],
      redirect_uris: ["http://127.0.0.1/"],
    },
  ],
  claims: {
    openid: ["sub"],
    email: ["email"],
    profile: ["preferred_username", "given_name", "family_name"],
    groups: ["groups"],
  },
  scopes: ["openid", "email", "profile", "groups"],
  conformIdTokenClaims: settings.userinfo === true,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ["of no meaning"] },
  findAccount: (_, id) =>
    settings.accounts[id] && { accountId: id, claims: async () => ({ sub: id, ...settings.accounts[id] }) },
});
server.on("request", provider.callback());
console.log(port);
