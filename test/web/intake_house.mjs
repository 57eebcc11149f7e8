import { FakeServer } from '/work/wt/console/console/test/fake_server.mjs';
import { startChromium } from '/work/wt/console/test/web/servers.mjs';
export async function startHouse() {
  const fake = new FakeServer(); const port = await fake.listen(); let n=0;
  const browsers = [await startChromium()];
  const page = await browsers[0].context.newPage();
  return {
    origin: `http://127.0.0.1:${port}`, office: page, second: page,
    service: 'Fahrzeug zulassen', officeId: 'KFZ', nameField:'name', folder:'/tmp/console-look', data:'/tmp/console-look/nothing', values:{name:'',born:'24.12.1980',address:'Hauptstr. 1',phone:'+49 2131 12345',vin:'WVWZZZ1JZXW000001',evb:'A1B2C3D',kind:'new'},
    code: async () => 'ABCDE1234' + (n++),
    cut: () => fake.close(), back: () => fake.listen(port),
    async stop() { await browsers[0].stop(); await fake.close(); },
  };
}
