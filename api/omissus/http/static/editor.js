"use strict";
// The SPARQL editor: our endpoint only, nothing kept in the browser, and a query from the address.
(() => {
  const place = document.getElementById("editor");
  const address = new URLSearchParams(window.location.search);
  const endpoint = new URL(place.dataset.endpoint, window.location.href);
  if (address.has("at")) endpoint.searchParams.set("at", address.get("at"));
  const Yasgui = window.Yasgui;
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.value = place.dataset.example;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: endpoint.href },
    persistenceId: null,
    populateFromUrl: false,
    autofocus: false,
  });
  const tab = yasgui.getTab() || yasgui.addTab(true);
  tab.setQuery(address.get("query") || place.dataset.example);
})();
