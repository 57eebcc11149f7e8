// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import { mount } from 'svelte';
import '../style.css';
import App from './App.svelte';
import { Office } from './office.svelte';

const office = new Office();
void office.start();
mount(App, { target: document.body, props: { office } });
