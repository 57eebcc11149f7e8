// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import { mount } from 'svelte';
import '../style.css';
import App from './App.svelte';
import { Counter } from './counter.svelte';

const counter = new Counter();
void counter.start();
mount(App, { target: document.body, props: { counter } });
